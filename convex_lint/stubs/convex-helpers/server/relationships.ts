// convex-helpers 0.1.135

import type { DocumentByName } from "convex/server";
import type { GenericId } from "convex/values";

// The table may be left out, or be there in front of the ids.
type Ids<T> = T | Iterable<GenericId<T>> | Promise<Iterable<GenericId<T>>>;

export declare function getOrThrow<T>(ctx: any, id: T | GenericId<T>, more?: GenericId<T>): Promise<DocumentByName<any, T>>;
export declare function getAll<T>(
  db: any,
  ids: Ids<T>,
  more?: Iterable<GenericId<T>>,
): Promise<(DocumentByName<any, T> | null)[]>;
export declare function getAllOrThrow<T>(
  db: any,
  ids: Ids<T>,
  more?: Iterable<GenericId<T>>,
): Promise<DocumentByName<any, T>[]>;
export declare function getOneFrom<T>(
  db: any,
  table: T,
  index: string,
  value: any,
  ...fieldArg: any[]
): Promise<DocumentByName<any, T> | null>;
export declare function getOneFromOrThrow<T>(
  db: any,
  table: T,
  index: string,
  value: any,
  ...fieldArg: any[]
): Promise<DocumentByName<any, T>>;
export declare function getManyFrom<T>(
  db: any,
  table: T,
  index: string,
  value: any,
  ...fieldArg: any[]
): Promise<DocumentByName<any, T>[]>;
export declare function getManyVia(
  db: any,
  table: string,
  toField: string,
  index: string,
  value: any,
  ...fieldArg: any[]
): Promise<(DocumentByName<any, any> | null)[]>;
export declare function getManyViaOrThrow(
  db: any,
  table: string,
  toField: string,
  index: string,
  value: any,
  ...fieldArg: any[]
): Promise<DocumentByName<any, any>[]>;
