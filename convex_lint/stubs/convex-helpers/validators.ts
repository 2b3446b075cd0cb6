// convex-helpers 0.1.135: what makes validators is known to the linter itself


export declare class ValidationError {}
export declare function validate(validator: any, value: any, opts?: any): boolean;
export declare function parse(validator: any, value: any): any;
