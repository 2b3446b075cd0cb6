// @convex-dev/resend 0.2.8

import type { FunctionReference, GenericMutationCtx } from "convex/server";
import type { Builder, Given, Registered, Runs } from "convex-lint";

export type EmailId = string;

export declare class Resend {
  constructor(component: any, options?: { onEmailEvent?: FunctionReference });
  sendEmail(ctx: any, options: any, ...former: any[]): Promise<EmailId>;
  sendEmailManually(ctx: any, options: any, sendCallback: Runs<(emailId: EmailId) => Promise<string>>): Promise<EmailId>;
  cancelEmail(ctx: any, emailId: EmailId): Promise<void>;
  status(ctx: any, emailId: EmailId): Promise<any>;
  get(ctx: any, emailId: EmailId): Promise<any>;
  handleResendEventWebhook(ctx: any, req: any): Promise<Response>;
  defineOnEmailEvent<H>(
    handler: Given<H, (ctx: GenericMutationCtx, args: { id: EmailId; event: any }) => Promise<void>>,
  ): Registered<Builder<"mutation", "internal">, H>;
}
