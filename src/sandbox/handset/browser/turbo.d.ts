// The part of Turbo that the handset uses; the package carries no types.
declare module "@hotwired/turbo" {
  export function visit(location: string, options?: { action?: "advance" | "replace" }): void;
}
