// convex-helpers 0.1.135

export declare class HttpRouterWithHono {
  constructor(app: any);
  route(spec: any): void;
}
export declare function normalizeMethod(method: string): string;
