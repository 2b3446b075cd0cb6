// convex 1.49.0

import type { FunctionReference } from "convex/server";

export declare function preloadQuery(query: FunctionReference<any, "public">, ...args: any[]): Promise<any>;
export declare function preloadedQueryResult(preloaded: any): any;
export declare function fetchQuery(query: FunctionReference<any, "public">, ...args: any[]): Promise<any>;
export declare function fetchMutation(mutation: FunctionReference<any, "public">, ...args: any[]): Promise<any>;
export declare function fetchAction(action: FunctionReference<any, "public">, ...args: any[]): Promise<any>;
