import { execFile } from 'node:child_process';
import { cpSync, globSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const sdk = fileURLToPath(new URL('../../sdks/java', import.meta.url));
/** What Maven has fetched for this user; what a build needs is in it afterwards. */
const fetched = join(homedir(), '.m2/repository');
/** Short programs: starting fast is worth more than running fast. */
const quickStart = ['-XX:TieredStopAtLevel=1', '-Xshare:auto'];

export type JavaEnvironment = Disposable & {
  /** A copy of the SDK's folder: what Maven leaves behind is left there. */
  folder: string;
  /** The jar as it was installed, what it asks for, and the examples that were built with them. */
  classPath: string;
  /** The arguments of `java` for a program with more classes, which come first. */
  program(name: string, classes?: string): string[];
  /** Compiles files with the SDK's jar. */
  compile(files: readonly string[], target: string): Promise<void>;
  /** Runs a program, or Maven in the copy. Rejects with what it printed when it ends with another code than 0. */
  java(name: string, env?: Record<string, string>): Promise<string>;
  maven(args: readonly string[], env?: Record<string, string>): Promise<string>;
};

/** Where Maven finds things for a project that has nothing yet: what was fetched, and the SDK. */
const settings = (repository: string) => `<settings>
  <mirrors>
    <mirror><id>fetched</id><mirrorOf>central</mirrorOf><url>${pathToFileURL(fetched)}</url></mirror>
  </mirrors>
  <profiles>
    <profile>
      <id>sdk</id>
      <repositories>
        <repository><id>sdk</id><url>${pathToFileURL(repository)}</url></repository>
      </repositories>
    </profile>
  </profiles>
  <activeProfiles><activeProfile>sdk</activeProfile></activeProfiles>
</settings>
`;

/** Builds the jar of the Java SDK, and from it, in an empty local repository, the examples. */
export async function openJavaEnvironment(): Promise<JavaEnvironment> {
  const root = mkdtempSync(join(tmpdir(), 'hotplex-java-'));
  const [folder, examples] = [join(root, 'sdk'), join(root, 'examples')];
  const [repository, local] = [join(root, 'repository'), join(root, 'local')];
  cpSync(sdk, folder, { recursive: true, filter: (path) => !/[\\/]target$/.test(path) });
  cpSync(join(sdk, 'examples'), examples, { recursive: true, filter: (path) => !/[\\/]target$/.test(path) });
  writeFileSync(join(root, 'settings.xml'), settings(repository));

  async function execute(command: string, args: readonly string[], cwd: string, more = {}): Promise<string> {
    const env = { ...process.env, MAVEN_OPTS: quickStart.join(' '), ...more };
    const options = { cwd, env, maxBuffer: 64 * 1_024 * 1_024 };
    const { stdout } = await run(command, args, options).catch(({ stdout: said, stderr }) => {
      throw new Error(`${command} ${args.join(' ')}:\n${said}\n${stderr}`);
    });
    return stdout;
  }

  const mvn = (args: readonly string[], cwd: string, env = {}) => execute('mvn', ['-B', ...args], cwd, env);
  const inCopy = (args: readonly string[], env = {}) =>
    mvn([`-Dmaven.repo.local=${fetched}`, ...args], folder, env);
  try {
    const target = `-DaltDeploymentRepository=sdk::${pathToFileURL(repository)}`;
    await inCopy(['-q', '-DskipTests', target, 'package', 'deploy:deploy']);
    const clean = ['-q', '-s', join(root, 'settings.xml'), `-Dmaven.repo.local=${local}`];
    await mvn([...clean, 'compile'], examples);
  } catch (error) {
    rmSync(root, { recursive: true });
    throw error;
  }
  const jars = globSync('{dev/hotplex,com/fasterxml/jackson,org/jspecify}/**/*.jar', { cwd: local });
  const classPath = [join(examples, 'target/classes'), ...jars.map((jar) => join(local, jar))].join(
    delimiter,
  );
  const program = (name: string, classes?: string) => [
    ...quickStart,
    ...['-cp', classes === undefined ? classPath : classes + delimiter + classPath, name],
  ];
  return {
    ...{ folder, classPath, program },
    async compile(files, target) {
      mkdirSync(target, { recursive: true });
      const args = ['-J-XX:TieredStopAtLevel=1', '--release', '17', '-d', target, '-cp', classPath];
      await execute('javac', [...args, ...files], root);
    },
    java: (name, env = {}) => execute('java', program(name), root, env),
    maven: inCopy,
    [Symbol.dispose]: () => rmSync(root, { recursive: true, force: true }),
  };
}
