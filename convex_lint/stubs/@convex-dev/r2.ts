// @convex-dev/r2 0.10.2

import type {
  FunctionReference,
  GenericMutationCtx,
  GenericQueryCtx,
  RegisteredMutation,
  RegisteredQuery,
} from "convex/server";

export declare class R2 {
  constructor(component: any, options?: any);
  getUrl(key: string, options?: any): Promise<string>;
  generateUploadUrl(customKey?: string): Promise<any>;
  store(ctx: any, file: any, opts?: any): Promise<string>;
  syncMetadata(ctx: any, key: string): Promise<void>;
  getMetadata(ctx: any, key: string): Promise<any>;
  listMetadata(ctx: any, limit?: number, cursor?: string): Promise<any>;
  deleteObject(ctx: any, key: string): Promise<void>;
  clientApi(opts?: {
    checkReadKey?: (ctx: GenericQueryCtx, bucket: string, key: string) => void | Promise<void>;
    checkReadBucket?: (ctx: GenericQueryCtx, bucket: string) => void | Promise<void>;
    checkUpload?: (ctx: GenericQueryCtx, bucket: string) => void | Promise<void>;
    checkDelete?: (ctx: GenericQueryCtx, bucket: string, key: string) => void | Promise<void>;
    onUpload?: (ctx: GenericMutationCtx, bucket: string, key: string) => void | Promise<void>;
    onSyncMetadata?: (ctx: GenericMutationCtx, args: any) => void | Promise<void>;
    onDelete?: (ctx: GenericMutationCtx, bucket: string, key: string) => void | Promise<void>;
    callbacks?: { onSyncMetadata?: FunctionReference };
  }): {
    generateUploadUrl: RegisteredMutation<"public", any, any>;
    syncMetadata: RegisteredMutation<"public", any, any>;
    onSyncMetadata: RegisteredMutation<"internal", any, any>;
    getMetadata: RegisteredQuery<"public", any, any>;
    listMetadata: RegisteredQuery<"public", any, any>;
    deleteObject: RegisteredMutation<"public", any, any>;
  };
}
