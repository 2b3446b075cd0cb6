// convex-helpers 0.1.135

import type { DocumentByName } from "convex/server";
import type { StreamDatabaseReader } from "convex-helpers/server/stream";

export declare function getPage<T>(
  ctx: any,
  request: { table: T },
): Promise<{ page: DocumentByName<any, T>[]; hasMore: boolean; indexKeys: any[] }>;
export declare function streamQuery(ctx: any, request: any): any;
export declare function paginator(db: any, schema: any): StreamDatabaseReader;
