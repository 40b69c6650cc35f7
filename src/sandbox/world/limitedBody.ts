/** An answer, or its beginning when it is longer than so many bytes. */
export async function readUpTo(answer: Response, most: number): Promise<{ bytes: Buffer; whole: boolean }> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of answer.body ?? []) {
    chunks.push(chunk as Uint8Array);
    size += (chunk as Uint8Array).length;
    // Leaving the loop ends the connection.
    if (size > most) return { bytes: Buffer.concat(chunks).subarray(0, most), whole: false };
  }
  return { bytes: Buffer.concat(chunks), whole: true };
}
