type Download = {
  name: string;
  mediaType: string;
  /** Of its content. */
  sha256: string;
};

/** A browser keeps it as a file, and runs nothing of it whatever it is (F4). */
export function downloadHeaders({ name, mediaType, sha256 }: Download): Record<string, string> {
  const plain = name.replace(/[^\w.() -]/g, '_');
  return {
    'content-type': mediaType === 'text/plain' ? 'text/plain; charset=utf-8' : mediaType,
    'content-disposition': `attachment; filename="${plain}"; filename*=UTF-8''${encodeURIComponent(name)}`,
    'content-security-policy': "sandbox; default-src 'none'; frame-ancestors 'none'",
    'cross-origin-resource-policy': 'same-origin',
    etag: `"${sha256}"`,
  };
}
