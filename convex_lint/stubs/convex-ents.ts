// convex-ents 0.20.0: what makes tables and schemas is known to the linter itself

import type { DocumentByName, FunctionReference, IndexRangeBuilder, RegisteredMutation } from "convex/server";
import type { GenericId } from "convex/values";

export type PromiseEnt<M, T> = Promise<Ent<T>> & EntPromise<T>;
export type PromiseEntOrNull<M, T> = Promise<Ent<T> | null> & EntOrNullPromise<T>;
export type PromiseEntId<M, T> = Promise<GenericId<T>> & IdPromise<T>;
type PromiseEnts<T> = Promise<Ent<T>[]> & EntsPromise<T>;
type PromiseTaken<T> = Promise<Ent<T>[]> & TakenPromise<T>;
type PromiseArray<T> = Promise<T[]> & ArrayPromise<T>;
type PromisePage = Promise<any> & PagePromise;
type PromiseOrdered<T> = Promise<Ent<T>[]> & OrderedPromise<T>;
type PromiseTable<T> = Promise<Ent<T>[]> & TablePromise<T>;

declare class Ent<T> {
  doc(): DocumentByName<any, T>;
  edge(edge: string): PromiseEdge;
  edgeX(edge: string): PromiseEdge;
  patch(value: any): PromiseEntId<any, T>;
  replace(value: any): PromiseEntId<any, T>;
  delete(): Promise<GenericId<T>>;
}
// An edge leads to one ent or to many of them: only that it is a promise is known.
type PromiseEdge = Promise<any> & EdgePromise;
declare class EdgePromise {
  doc(): Promise<any>;
  docs(): Promise<any>;
  edge(edge: string): PromiseEdge;
  edgeX(edge: string): PromiseEdge;
  filter(predicate: any): PromiseEdge;
  first(): PromiseEdge;
  firstX(): PromiseEdge;
  get(id: any): PromiseEdge;
  getX(id: any): PromiseEdge;
  has(id: any): Promise<boolean>;
  map<R>(callback: (ent: Ent<any>, index: number) => Promise<R> | R): PromiseArray<R>;
  order(order: string, indexName?: string): PromiseEdge;
  paginate(opts: any): PromisePage;
  take(n: number): PromiseEdge;
  unique(): PromiseEdge;
  uniqueX(): PromiseEdge;
}
declare class EntPromise<T> {
  doc(): Promise<DocumentByName<any, T>>;
  edge(edge: string): PromiseEdge;
  edgeX(edge: string): PromiseEdge;
  patch(value: any): PromiseEntId<any, T>;
  replace(value: any): PromiseEntId<any, T>;
  delete(): Promise<GenericId<T>>;
}
declare class EntOrNullPromise<T> {
  doc(): Promise<DocumentByName<any, T> | null>;
  edge(edge: string): PromiseEdge;
}
declare class IdPromise<T> {
  get(): PromiseEnt<any, T>;
}
declare class EntsPromise<T> {
  docs(): Promise<DocumentByName<any, T>[]>;
  map<R>(callback: (ent: Ent<T>, index: number) => Promise<R> | R): PromiseArray<R>;
}
declare class TakenPromise<T> extends EntsPromise<T> {
  firstX(): PromiseEnt<any, T>;
  uniqueX(): PromiseEnt<any, T>;
}
declare class ArrayPromise<T> {
  filter(predicate: (value: T, index: number) => any): Promise<T[]>;
}
declare class PagePromise {
  docs(): Promise<any>;
  map(callback: (ent: Ent<any>, index: number) => any): Promise<any>;
}
declare class OrderedPromise<T> {
  docs(): Promise<DocumentByName<any, T>[]>;
  filter(predicate: any): PromiseOrdered<T>;
  first(): PromiseEntOrNull<any, T>;
  firstX(): PromiseEnt<any, T>;
  map<R>(callback: (ent: Ent<T>, index: number) => Promise<R> | R): PromiseArray<R>;
  paginate(opts: any): PromisePage;
  take(n: number): PromiseTaken<T>;
  unique(): PromiseEntOrNull<any, T>;
  uniqueX(): PromiseEnt<any, T>;
}
declare class TablePromise<T> {
  docs(): Promise<DocumentByName<any, T>[]>;
  filter(predicate: any): PromiseTable<T>;
  first(): PromiseEntOrNull<any, T>;
  firstX(): PromiseEnt<any, T>;
  get(...key: any[]): PromiseEntOrNull<any, T>;
  getX(...key: any[]): PromiseEnt<any, T>;
  getMany(...keys: any[]): Promise<(Ent<T> | null)[]>;
  getManyX(...keys: any[]): PromiseEnts<T>;
  insert(value: any): PromiseEntId<any, T>;
  insertMany(values: any[]): Promise<GenericId<T>[]>;
  map<R>(callback: (ent: Ent<T>, index: number) => Promise<R> | R): PromiseArray<R>;
  normalizeId(id: string): GenericId<T> | null;
  normalizeIdX(id: string): GenericId<T>;
  order(order: string, indexName?: string): PromiseOrdered<T>;
  paginate(opts: any): PromisePage;
  search(indexName: string, searchFilter: any): PromiseOrdered<T>;
  take(n: number): PromiseTaken<T>;
  unique(): PromiseEntOrNull<any, T>;
  uniqueX(): PromiseEnt<any, T>;
}
declare function table<T>(
  table: T,
  indexName?: string,
  indexRange?: (q: IndexRangeBuilder) => any,
): PromiseTable<T>;

export declare function entsTableFactory(ctx: any, entDefinitions: any, options?: any): typeof table;
export declare function scheduledDeleteFactory(
  entDefinitions: any,
  options?: { scheduledDelete: FunctionReference },
): RegisteredMutation<"internal", any, any>;
export declare function addEntRules<E>(
  entDefinitions: E,
  rules: {
    [table: string]: {
      read?: (ent: Ent<any>) => Promise<boolean>;
      write?: (args: { operation: string; ent: Ent<any> | undefined; value: any }) => Promise<boolean>;
    };
  },
): E;
export declare function getEntDefinitions(schema: any): any;
