// convex-fs 0.2.1

import type { GenericActionCtx } from "convex/server";

export declare class ConvexFS {
  constructor(component: any, options: any);
  commitFiles(ctx: any, files: any[]): Promise<void>;
  copy(ctx: any, sourcePath: string, destPath: string): Promise<void>;
  delete(ctx: any, path: string): Promise<void>;
  getBlob(ctx: any, blobId: string): Promise<any>;
  getDownloadUrl(ctx: any, blobId: string, opts?: any): Promise<string>;
  getFile(ctx: any, path: string): Promise<any>;
  list(ctx: any, options: any): Promise<any>;
  move(ctx: any, sourcePath: string, destPath: string): Promise<void>;
  stat(ctx: any, path: string): Promise<any>;
  transact(ctx: any, ops: any[]): Promise<void>;
  writeBlob(ctx: any, data: any, contentType: string): Promise<string>;
  writeFile(ctx: any, path: string, data: any, contentType: string): Promise<void>;
}
export default ConvexFS;
export declare function registerRoutes(
  http: any,
  component: any,
  fs: any,
  config: {
    uploadAuth: (ctx: GenericActionCtx) => Promise<boolean>;
    downloadAuth: (ctx: GenericActionCtx, blobId: string, path?: string, extraParams?: any) => Promise<boolean>;
  },
): void;
export declare function buildDownloadUrl(siteUrl: string, prefix: string, blobId: string, path?: string): string;
export declare function parseDownloadUrl(url: string): any;
export declare function isConflictError(data: any): boolean;
