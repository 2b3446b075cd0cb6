// @convex-dev/persistent-text-streaming 0.3.3

import type { GenericActionCtx } from "convex/server";
import { v } from "convex/values";
import type { Runs } from "convex-lint";

export type StreamId = string;
export const StreamIdValidator = v.string();

export declare class PersistentTextStreaming {
  constructor(component: any, options?: any);
  createStream(ctx: any): Promise<StreamId>;
  getStreamBody(ctx: any, streamId: StreamId): Promise<any>;
  stream(
    ctx: any,
    request: any,
    streamId: StreamId,
    streamWriter: Runs<
      (
        ctx: GenericActionCtx,
        request: Request,
        streamId: StreamId,
        chunkAppender: (text: string) => Promise<void>,
      ) => Promise<void>
    >,
  ): Promise<Response>;
  deleteStream(ctx: any, streamId: StreamId): Promise<void>;
}
