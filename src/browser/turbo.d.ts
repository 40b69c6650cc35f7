// The part of Turbo that we use; the package carries no types.
declare module "@hotwired/turbo" {
  export interface StreamElement extends HTMLElement {
    readonly target: string;
    readonly templateContent: DocumentFragment;
    readonly targetElements: HTMLElement[];
  }
  export const StreamActions: Record<string, (this: StreamElement) => void>;
  export function renderStreamMessage(html: string): void;
  export function visit(location: string, options?: { action?: "advance" | "replace" }): void;
}
