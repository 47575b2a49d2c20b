import type { InputPart } from '@hotplex/aep-protocol';
import { GatewayHttp, type GatewayHttpOptions } from './gateway-http.ts';

/** A file that a session has; field names are those of the wire. */
export type UploadedFile = {
  id: string;
  name: string;
  /** What is in it, as the gateway found. */
  media_type: string;
  /** Bytes. */
  size: number;
  sha256: string;
  created_at: string;
};

export type FileList = {
  /** Oldest first. */
  files: UploadedFile[];
  limits: {
    max_file_size: number;
    max_session_size: number;
    max_session_files: number;
    media_types: string[];
  };
};

type UploadOptions = { name?: string; signal?: AbortSignal };

/** Files for the prompts of one session. */
export class FilesApi {
  readonly #http: GatewayHttp;

  constructor(options: GatewayHttpOptions) {
    this.#http = new GatewayHttp(options);
  }

  list(sessionId: string): Promise<FileList> {
    return this.#http.json(pathOf(sessionId));
  }

  /** Gives a session a file. A `File` has a name of its own. Rejects with AepError for what the gateway does not take. */
  upload(sessionId: string, file: Blob, { name, signal }: UploadOptions = {}): Promise<UploadedFile> {
    const own = 'name' in file && typeof file.name === 'string' && file.name !== '' ? file.name : undefined;
    return this.#http.json(pathOf(sessionId), {
      ...{ method: 'POST', body: file, query: { name: name ?? own } },
      ...(signal ? { signal } : {}),
    });
  }

  /** Lets the gateway fetch what lies at an address of the public internet. */
  uploadFrom(sessionId: string, url: string, { name, signal }: UploadOptions = {}): Promise<UploadedFile> {
    return this.#http.json(`${pathOf(sessionId)}/fetch`, {
      ...{ method: 'POST', body: { url, name } },
      ...(signal ? { signal } : {}),
    });
  }

  async download(
    sessionId: string,
    fileId: string,
    { signal }: { signal?: AbortSignal } = {},
  ): Promise<Blob> {
    const response = await this.#http.send(pathOf(sessionId, fileId), signal ? { signal } : {});
    return response.blob();
  }

  async remove(sessionId: string, fileId: string): Promise<void> {
    await this.#http.send(pathOf(sessionId, fileId), { method: 'DELETE' });
  }
}

/** An uploaded file as a prompt names it. */
export function toFilePart({ id, name }: Pick<UploadedFile, 'id' | 'name'>): InputPart {
  return { type: 'file', file_id: id, name };
}

function pathOf(sessionId: string, fileId?: string): string {
  const files = `/api/sessions/${encodeURIComponent(sessionId)}/files`;
  return fileId === undefined ? files : `${files}/${encodeURIComponent(fileId)}`;
}
