// convex 1.49.0

import type { FunctionReference } from "convex/server";

export declare class ConvexHttpClient {
  constructor(address: string, options?: any);
  backendUrl(): string;
  setAuth(value: string): void;
  clearAuth(): void;
  consistentQuery(query: FunctionReference, ...args: any[]): Promise<any>;
  query(query: FunctionReference, ...args: any[]): Promise<any>;
  mutation(mutation: FunctionReference, ...args: any[]): Promise<any>;
  action(action: FunctionReference, ...args: any[]): Promise<any>;
}
export declare class ConvexClient {
  constructor(address: string, options?: any);
  onUpdate(query: FunctionReference, args: any, callback: (result: any) => any, onError?: (e: any) => any): any;
  close(): Promise<void>;
  setAuth(fetchToken: any, onChange?: any): void;
  mutation(mutation: FunctionReference, args: any, options?: any): Promise<any>;
  action(action: FunctionReference, args: any): Promise<any>;
  query(query: FunctionReference, args: any): Promise<any>;
}
