// @convex-dev/auth 0.0.95

import type { GenericActionCtx } from "convex/server";

export declare function Anonymous(config?: { profile?: (params: any, ctx: GenericActionCtx) => any }): any;
