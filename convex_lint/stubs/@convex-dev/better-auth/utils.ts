// @convex-dev/better-auth 0.12.5

import type { GenericActionCtx, GenericMutationCtx, GenericQueryCtx } from "convex/server";

export declare function isQueryCtx(ctx: any): boolean;
export declare function isMutationCtx(ctx: any): boolean;
export declare function isActionCtx(ctx: any): boolean;
export declare function isRunMutationCtx(ctx: any): boolean;
export declare function requireQueryCtx(ctx: any): GenericQueryCtx;
export declare function requireMutationCtx(ctx: any): GenericMutationCtx;
export declare function requireActionCtx(ctx: any): GenericActionCtx;
export declare function requireRunMutationCtx(ctx: any): GenericMutationCtx | GenericActionCtx;
export declare function getToken(
  siteUrl: string,
  headers: any,
  opts?: any,
): Promise<{ isFresh: boolean; token: string | undefined }>;
export declare function parseJwks(providerConfig: any): any;
