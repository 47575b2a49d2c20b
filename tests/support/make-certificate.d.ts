/** A certificate for names of this machine that vouches for itself, made by openssl; valid for a day. */
export declare function makeCertificate(
  folder: string,
  name?: string,
): {
  cert: string;
  key: string;
};
