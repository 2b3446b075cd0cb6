// convex-helpers 0.1.135

import { defineTable } from "convex/server";
import { v } from "convex/values";

type Limited = { ok: boolean; retryAt: number | undefined };

export declare function defineRateLimits(limits: any): {
  checkRateLimit: (ctx: any, args: any) => Promise<Limited>;
  rateLimit: (ctx: any, args: any) => Promise<Limited>;
  resetRateLimit: (ctx: any, args: any) => Promise<void>;
};
export declare function rateLimit(ctx: any, args: any): Promise<Limited>;
export declare function checkRateLimit(ctx: any, args: any): Promise<Limited>;
export declare function resetRateLimit(ctx: any, args: any): Promise<void>;
export declare function isRateLimitError(error: any): boolean;

export const RateLimitTable = "rateLimits";
export const rateLimitTables = {
  rateLimits: defineTable({
    name: v.string(),
    key: v.optional(v.string()),
    value: v.number(),
    ts: v.number(),
  }).index("name", ["name", "key"]),
};
