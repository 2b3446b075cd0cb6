// convex-helpers 0.1.135

import type { Runs } from "convex-lint";

export type BetterOmit<T, K> = Omit<T, K>;
export type Expand<T> = T;
export type EmptyObject = {};

export declare function asyncMap<T, R>(
  list: Iterable<T> | Promise<Iterable<T>>,
  asyncTransform: Runs<(item: T, index: number) => Promise<R>>,
): Promise<R[]>;
export declare function pruneNull<T>(list: (T | null)[]): T[];
export declare class NullDocumentError {}
export declare function nullThrows<T>(doc: T | null, message?: string): T;
export declare function pick<T>(obj: T, keys: string[]): any;
export declare function omit<T>(obj: T, keys: string[]): any;
export declare function withoutSystemFields<T>(obj: T): any;
export declare function assert(value: unknown, message?: string | (() => string)): void;
