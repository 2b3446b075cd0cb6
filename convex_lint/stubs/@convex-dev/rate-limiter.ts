// @convex-dev/rate-limiter 0.4.0

import type { GenericQueryCtx, RegisteredMutation, RegisteredQuery } from "convex/server";

type Limited = { ok: boolean; retryAfter: number | undefined };

export declare class RateLimiter {
  constructor(component: any, limits?: any);
  check(ctx: any, name: string, ...options: any[]): Promise<Limited>;
  limit(ctx: any, name: string, ...options: any[]): Promise<Limited>;
  reset(ctx: any, name: string, args?: any): Promise<void>;
  getValue(ctx: any, name: string, ...options: any[]): Promise<any>;
  hookAPI(
    name: string,
    options?: { key?: (ctx: GenericQueryCtx, keyFromClient?: string) => string | Promise<string>; sampleShards?: number },
  ): {
    getRateLimit: RegisteredQuery<"public", any, any>;
    getServerTime: RegisteredMutation<"public", any, any>;
  };
}
export default RateLimiter;
export declare function isRateLimitError(error: any): boolean;
export declare function calculateRateLimit(existing: any, config: any, now?: number, count?: number): any;

export declare const SECOND: number;
export declare const MINUTE: number;
export declare const HOUR: number;
export declare const DAY: number;
export declare const WEEK: number;
