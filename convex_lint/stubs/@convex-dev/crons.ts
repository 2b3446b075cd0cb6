// @convex-dev/crons 0.2.2

import type { FunctionReference } from "convex/server";

export declare class Crons {
  constructor(component: any);
  register(ctx: any, schedule: any, func: FunctionReference, args: Record<string, any>, name?: string): Promise<string>;
  list(ctx: any): Promise<any[]>;
  get(ctx: any, identifier: any): Promise<any>;
  delete(ctx: any, identifier: any): Promise<null>;
}
