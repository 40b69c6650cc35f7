/** How a picture or file is shown. */
export type MediaKind = "picture" | "audio" | "video" | "file";

// What browsers show, none of it able to run anything.
const pictures = ["image/jpeg", "image/png", "image/gif", "image/webp"];
const audio = ["audio/mpeg", "audio/mp4", "audio/ogg", "audio/wav"];
const video = ["video/mp4", "video/webm"];

const known: Record<string, { name: string; extension: string }> = {
  "image/jpeg": { name: "Picture", extension: "jpg" },
  "image/png": { name: "Picture", extension: "png" },
  "image/gif": { name: "Picture", extension: "gif" },
  "image/webp": { name: "Picture", extension: "webp" },
  "image/heic": { name: "HEIC picture", extension: "heic" },
  "image/heif": { name: "HEIF picture", extension: "heif" },
  "image/tiff": { name: "TIFF picture", extension: "tiff" },
  "image/bmp": { name: "BMP picture", extension: "bmp" },
  "image/svg+xml": { name: "SVG picture", extension: "svg" },
  "audio/mpeg": { name: "Voice message (MP3)", extension: "mp3" },
  "audio/mp4": { name: "Voice message (MP4)", extension: "m4a" },
  "audio/ogg": { name: "Voice message (Ogg)", extension: "ogg" },
  "audio/wav": { name: "Voice message (WAV)", extension: "wav" },
  "audio/amr": { name: "Voice message (AMR)", extension: "amr" },
  "audio/3gpp": { name: "Voice message (3GPP)", extension: "3gp" },
  "audio/aac": { name: "Voice message (AAC)", extension: "aac" },
  "video/mp4": { name: "Video", extension: "mp4" },
  "video/webm": { name: "Video", extension: "webm" },
  "video/3gpp": { name: "Video (3GPP)", extension: "3gp" },
  "video/quicktime": { name: "Video (QuickTime)", extension: "mov" },
  "text/vcard": { name: "Contact card", extension: "vcf" },
  "text/calendar": { name: "Calendar entry", extension: "ics" },
  "text/plain": { name: "Text file", extension: "txt" },
  "application/pdf": { name: "PDF", extension: "pdf" },
};

const synonyms: Record<string, string> = {
  "image/jpg": "image/jpeg",
  "image/pjpeg": "image/jpeg",
  "image/x-png": "image/png",
  "audio/mp3": "audio/mpeg",
  "audio/m4a": "audio/mp4",
  "audio/x-m4a": "audio/mp4",
  "audio/x-wav": "audio/wav",
  "audio/wave": "audio/wav",
  "audio/opus": "audio/ogg",
  "audio/amr-nb": "audio/amr",
  "video/3gp": "video/3gpp",
  "text/x-vcard": "text/vcard",
  "text/directory": "text/vcard",
  "application/x-pdf": "application/pdf",
};

/** What nobody knows how to show. */
const unknown = "application/octet-stream";

/** "image/jpeg" for "Image/JPG; name=x": as it is kept. */
export function contentTypeOf(told: string): string {
  const [plain = ""] = told.toLowerCase().split(";");
  const type = plain.trim();
  if (!/^[a-z0-9.+-]{1,40}\/[a-z0-9.+-]{1,80}$/.test(type)) return unknown;
  return synonyms[type] ?? type;
}

export function mediaKind(contentType: string): MediaKind {
  if (pictures.includes(contentType)) return "picture";
  if (audio.includes(contentType)) return "audio";
  return video.includes(contentType) ? "video" : "file";
}

/** "HEIC picture", "Contact card"; "Attachment" for what has no name of its own. */
export function mediaName(contentType: string): string {
  return known[contentType]?.name ?? "Attachment";
}

/** Whether a browser may show it by itself. */
export function isShownInline(contentType: string): boolean {
  return mediaKind(contentType) !== "file" || contentType === "application/pdf";
}

/** As it is served: of a type that nobody knows, or that could run something, nothing is said. */
export function servedType(contentType: string): string {
  return contentType in known && contentType !== "image/svg+xml" ? contentType : unknown;
}

/** "attachment-1.heic" for the first part of a message. */
export function fileNameOf(contentType: string, position: number): string {
  return `attachment-${position + 1}.${known[contentType]?.extension ?? "bin"}`;
}
