/** A folder of the gateway's machine; field names are those of the wire. */
export type WorkFolder = {
  name: string;
  /** Absolute, and without links. */
  path: string;
  /** Whether sessions may work in it; else it is only on the way to some of which they may. */
  work_dir: boolean;
  /** Whether git keeps it. */
  repository: boolean;
};

/** What is in a folder, or where looking begins. */
export type WorkFolderList = {
  /** What was looked into, without links; null where looking begins. */
  path: string | null;
  /** The folder around it; null if that is not to be looked into. */
  parent: string | null;
  work_dir: boolean;
  folders: WorkFolder[];
  /** Where looking begins: the folders of the caller's sessions, newest first. */
  recent: WorkFolder[];
  /** False if there was more than the gateway looked at. */
  complete: boolean;
};
