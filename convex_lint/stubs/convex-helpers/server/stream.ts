// convex-helpers 0.1.135

import type { DocumentByName, IndexRangeBuilder, PaginationResult } from "convex/server";

export declare function stream(db: any, schema: any): StreamDatabaseReader;
export declare function mergedStream<T>(streams: QueryStream<T>[], orderByIndexFields: string[]): QueryStream<T>;
export declare function streamIndexRange<T>(
  db: any,
  schema: any,
  table: T,
  index: string,
  bounds: any,
  order: string,
): QueryStream<DocumentByName<any, T>>;
export declare function getIndexFields(table: string, index?: string, schema?: any): string[];

export declare class QueryStream<T> {
  filterWith(predicate: (doc: T) => Promise<boolean>): QueryStream<T>;
  map<U>(mapper: (doc: T) => Promise<U | null>): QueryStream<U>;
  flatMap<U>(mapper: (doc: T) => Promise<QueryStream<U>>, mappedIndexFields: string[]): QueryStream<U>;
  distinct(distinctIndexFields: string[]): QueryStream<T>;
  paginate(opts: any): Promise<PaginationResult<T>>;
  collect(): Promise<T[]>;
  take(n: number): Promise<T[]>;
  unique(): Promise<T | null>;
  first(): Promise<T | null>;
}
export declare class StreamDatabaseReader {
  constructor(db: any, schema: any);
  query<T>(tableName: T): StreamQueryInitializer<DocumentByName<any, T>>;
}
export declare class StreamQueryInitializer<T> extends QueryStream<T> {
  fullTableScan(): StreamQuery<T>;
  withIndex(indexName: string, indexRange?: (q: IndexRangeBuilder) => any): StreamQuery<T>;
  order(order: string): OrderedStreamQuery<T>;
}
export declare class StreamQuery<T> extends QueryStream<T> {
  order(order: string): OrderedStreamQuery<T>;
}
export declare class OrderedStreamQuery<T> extends QueryStream<T> {}
export declare class MergedStream<T> extends QueryStream<T> {}
export declare class SingletonStream<T> extends QueryStream<T> {}
export declare class EmptyStream<T> extends QueryStream<T> {}
