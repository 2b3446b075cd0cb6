// @convex-dev/sharded-counter 0.2.1

import type { GenericMutationCtx } from "convex/server";

export declare class ShardedCounter {
  constructor(component: any, options?: any);
  add(ctx: any, name: any, count?: number): Promise<void>;
  subtract(ctx: any, name: any, count?: number): Promise<void>;
  inc(ctx: any, name: any): Promise<void>;
  dec(ctx: any, name: any): Promise<void>;
  count(ctx: any, name: any): Promise<number>;
  estimateCount(ctx: any, name: any, readFromShards?: number): Promise<any>;
  rebalance(ctx: any, name: any): Promise<void>;
  reset(ctx: any, name: any): Promise<void>;
  for(name: any): {
    add: (ctx: any, count?: number) => Promise<void>;
    subtract: (ctx: any, count?: number) => Promise<void>;
    inc: (ctx: any) => Promise<void>;
    dec: (ctx: any) => Promise<void>;
    count: (ctx: any) => Promise<number>;
    estimateCount: (ctx: any, readFromShards?: number) => Promise<any>;
    rebalance: (ctx: any) => Promise<void>;
    reset: (ctx: any) => Promise<void>;
  };
  trigger(name: any): (ctx: GenericMutationCtx, change: any) => Promise<void>;
}
