// ai 6.0.326: of the functions, those that a backend uses

declare class StreamTextResult {
  content: PromiseLike<any>;
  files: PromiseLike<any>;
  finishReason: PromiseLike<any>;
  providerMetadata: PromiseLike<any>;
  reasoning: PromiseLike<any>;
  reasoningText: PromiseLike<string | undefined>;
  request: PromiseLike<any>;
  response: PromiseLike<any>;
  sources: PromiseLike<any>;
  steps: PromiseLike<any>;
  text: PromiseLike<string>;
  toolCalls: PromiseLike<any>;
  toolResults: PromiseLike<any>;
  totalUsage: PromiseLike<any>;
  usage: PromiseLike<any>;
  warnings: PromiseLike<any>;
  consumeStream(options?: any): Promise<void>;
  toTextStreamResponse(init?: any): Response;
  toUIMessageStreamResponse(options?: any): Response;
}
declare class StreamObjectResult {
  finishReason: Promise<any>;
  object: Promise<any>;
  providerMetadata: Promise<any>;
  request: Promise<any>;
  response: Promise<any>;
  usage: Promise<any>;
  warnings: Promise<any>;
  toTextStreamResponse(init?: any): Response;
}

export declare function streamText(options: any): StreamTextResult;
export declare function streamObject(options: any): StreamObjectResult;
export declare function consumeStream(options: any): Promise<void>;
export declare function convertToModelMessages(messages: any[], options?: any): Promise<any[]>;
export declare function cosineSimilarity(vector1: number[], vector2: number[]): number;
export declare function embed(options: any): Promise<any>;
export declare function embedMany(options: any): Promise<any>;
export declare function experimental_generateImage(options: any): Promise<any>;
export declare function experimental_generateSpeech(options: any): Promise<any>;
export declare function experimental_transcribe(options: any): Promise<any>;
export declare function generateImage(options: any): Promise<any>;
export declare function generateObject(options: any): Promise<any>;
export declare function generateText(options: any): Promise<any>;
export declare function parsePartialJson(jsonText: string | undefined): Promise<any>;
export declare function rerank(options: any): Promise<any>;
export declare function validateUIMessages(options: any): Promise<any[]>;
