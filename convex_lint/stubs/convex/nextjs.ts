// convex 1.49.0

import type { FunctionReference } from "convex/server";

type Arguments = Record<string, any>;

export declare function preloadQuery(query: FunctionReference<any, "public">, args?: Arguments, options?: any): Promise<any>;
export declare function preloadedQueryResult(preloaded: any): any;
export declare function fetchQuery(query: FunctionReference<any, "public">, args?: Arguments, options?: any): Promise<any>;
export declare function fetchMutation(mutation: FunctionReference<any, "public">, args?: Arguments, options?: any): Promise<any>;
export declare function fetchAction(action: FunctionReference<any, "public">, args?: Arguments, options?: any): Promise<any>;
