// @types/node 26.6.6: of Node itself

import * as all from "timers/promises";

export default all;
export declare function setImmediate(...args: any[]): Promise<any>;
export declare function setTimeout(...args: any[]): Promise<any>;
