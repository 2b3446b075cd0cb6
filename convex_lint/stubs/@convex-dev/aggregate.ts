// @convex-dev/aggregate 0.3.1

import type { GenericMutationCtx } from "convex/server";

export declare class Aggregate {
  constructor(component: any);
  at(ctx: any, offset: number, ...opts: any[]): Promise<any>;
  atBatch(ctx: any, queries: any[], opts?: any): Promise<any[]>;
  clear(ctx: any, ...opts: any[]): Promise<void>;
  clearAll(ctx: any, opts?: any): Promise<void>;
  count(ctx: any, ...opts: any[]): Promise<number>;
  countBatch(ctx: any, queries: any[], opts?: any): Promise<number[]>;
  indexOf(ctx: any, key: any, ...opts: any[]): Promise<number>;
  iter(ctx: any, ...opts: any[]): any;
  iterNamespaces(ctx: any, pageSize?: number, stale?: boolean): any;
  makeAllRootsLazy(ctx: any): Promise<void>;
  makeRootLazy(ctx: any, namespace: any): Promise<void>;
  max(ctx: any, ...opts: any[]): Promise<any>;
  min(ctx: any, ...opts: any[]): Promise<any>;
  offsetOf(ctx: any, key: any, namespace: any, id?: any, bounds?: any, stale?: boolean): Promise<number>;
  offsetUntil(ctx: any, key: any, namespace: any, id?: any, bounds?: any, stale?: boolean): Promise<number>;
  paginate(ctx: any, ...opts: any[]): Promise<any>;
  paginateNamespaces(ctx: any, cursor?: string, pageSize?: number, stale?: boolean): Promise<any>;
  random(ctx: any, ...opts: any[]): Promise<any>;
  sum(ctx: any, ...opts: any[]): Promise<number>;
  sumBatch(ctx: any, queries: any[], opts?: any): Promise<number[]>;
}

export declare class DirectAggregate extends Aggregate {
  constructor(component: any);
  delete(ctx: any, args: any, opts?: any): Promise<void>;
  deleteIfExists(ctx: any, args: any, opts?: any): Promise<void>;
  enqueueBatch(ctx: any, operations: any[]): Promise<void>;
  insert(ctx: any, args: any, opts?: any): Promise<void>;
  insertIfDoesNotExist(ctx: any, args: any, opts?: any): Promise<void>;
  replace(ctx: any, currentItem: any, newItem: any, opts?: any): Promise<void>;
  replaceOrInsert(ctx: any, currentItem: any, newItem: any, opts?: any): Promise<void>;
}

export declare class TableAggregate extends Aggregate {
  constructor(component: any, options: any);
  delete(ctx: any, doc: any, opts?: any): Promise<void>;
  deleteIfExists(ctx: any, doc: any, opts?: any): Promise<void>;
  enqueueBatch(ctx: any, operations: any[]): Promise<void>;
  idempotentTrigger(opts?: any): (ctx: GenericMutationCtx, change: any) => Promise<void>;
  indexOfDoc(ctx: any, doc: any, opts?: any): Promise<number>;
  insert(ctx: any, doc: any, opts?: any): Promise<void>;
  insertIfDoesNotExist(ctx: any, doc: any, opts?: any): Promise<void>;
  replace(ctx: any, oldDoc: any, newDoc: any, opts?: any): Promise<void>;
  replaceOrInsert(ctx: any, oldDoc: any, newDoc: any, opts?: any): Promise<void>;
  trigger(opts?: any): (ctx: GenericMutationCtx, change: any) => Promise<void>;
}
