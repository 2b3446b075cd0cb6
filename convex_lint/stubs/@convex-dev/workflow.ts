// @convex-dev/workflow 0.4.8

import type { FunctionReference } from "convex/server";
import type { ObjectType } from "convex/values";
import { v } from "convex/values";
import type { Builder, Given, Registered } from "convex-lint";

type Options = { onComplete?: FunctionReference };
export type WorkflowId = string;
export type WorkflowStep = WorkflowCtx;

declare class WorkflowCtx {
  runQuery(query: FunctionReference, args: Record<string, any>, opts?: any): Promise<any>;
  runMutation(mutation: FunctionReference, args: Record<string, any>, opts?: any): Promise<any>;
  runAction(action: FunctionReference, args: Record<string, any>, opts?: any): Promise<any>;
  runWorkflow(workflow: FunctionReference, args: Record<string, any>, opts?: any): Promise<any>;
  awaitEvent(event: any): Promise<any>;
  sleep(duration: number, opts?: any): Promise<any>;
  withOptions(defaults: any): WorkflowCtx;
}
type Handler<A> = (step: WorkflowCtx, args: ObjectType<A>) => Promise<any>;

declare class WorkflowDefinition<A> {
  handler<H>(fn: Given<H, Handler<A>>): Registered<Builder<"mutation", "internal">, H>;
}

export declare class WorkflowManager {
  constructor(component: any, options?: any);
  define<W, A, H>(
    workflow: W & { args?: A; returns?: any; handler?: Given<H, Handler<A>> },
  ): W extends { handler: any } ? Registered<Builder<"mutation", "internal">, H> : WorkflowDefinition<A>;
  start(ctx: any, workflow: FunctionReference, args: Record<string, any>, options?: Options): Promise<WorkflowId>;
  status(ctx: any, workflowId: WorkflowId): Promise<any>;
  restart(ctx: any, workflowId: WorkflowId, options?: { from?: any }): Promise<void>;
  cancel(ctx: any, workflowId: WorkflowId): Promise<void>;
  list(ctx: any, opts?: any): Promise<any>;
  listByName(ctx: any, name: string, opts?: any): Promise<any>;
  listSteps(ctx: any, workflowId: WorkflowId, opts?: any): Promise<any>;
  cleanup(ctx: any, workflowId: WorkflowId): Promise<boolean>;
  sendEvent(ctx: any, args: any): Promise<string>;
  createEvent(ctx: any, args: any): Promise<string>;
}
export declare function defineWorkflow<A>(component: any, config: { args?: A }): WorkflowDefinition<A>;
export declare function start(ctx: any, workflow: FunctionReference, args: Record<string, any>, options?: Options): Promise<WorkflowId>;
export declare function getStatus(ctx: any, component: any, workflowId: WorkflowId): Promise<any>;
export declare function cancel(ctx: any, component: any, workflowId: WorkflowId): Promise<void>;
export declare function restart(ctx: any, component: any, workflowId: WorkflowId, options?: any): Promise<void>;
export declare function sendEvent(ctx: any, component: any, args: any): Promise<string>;
export declare function createEvent(ctx: any, component: any, args: any): Promise<string>;
export declare function list(ctx: any, component: any, opts?: any): Promise<any>;
export declare function listByName(ctx: any, component: any, name: string, opts?: any): Promise<any>;
export declare function listSteps(ctx: any, component: any, workflowId: WorkflowId, opts?: any): Promise<any>;
export declare function cleanup(ctx: any, component: any, workflowId: WorkflowId): Promise<boolean>;
export declare function defineEvent(spec: any): any;

export const vWorkflowId = v.string();
