// @convex-dev/auth 0.0.95

import type { GenericActionCtx } from "convex/server";

export declare function Password(config?: {
  profile?: (params: any, ctx: GenericActionCtx) => any;
  validatePasswordRequirements?: (password: string) => void;
  crypto?: {
    hashSecret: (secret: string) => Promise<string>;
    verifySecret: (secret: string, hash: string) => Promise<boolean>;
  };
}): any;
