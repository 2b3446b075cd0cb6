// @convex-dev/action-cache 0.3.1

import type { FunctionReference } from "convex/server";

export declare class ActionCache {
  constructor(component: any, config: { action: FunctionReference });
  fetch(ctx: any, args: any, opts?: any): Promise<any>;
  remove(ctx: any, args: any): Promise<null>;
  removeAll(ctx: any, before?: number): Promise<null>;
  removeAllForName(ctx: any, opts?: any): Promise<null>;
}
export declare function removeAll(ctx: any, component: any, before?: number): Promise<null>;
