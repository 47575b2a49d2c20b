/**
 * What the keeper does, as a POSIX shell program: nothing that mostly sleeps takes less memory.
 * Its argument is the folder of the processes. There it finds
 * - `keeper`: pid and start time of the keeper. Another one that came later writes itself there, and the earlier one ends.
 * - `lease`: pid and start time of the gateway and how many seconds it may be gone; then Node and the program that ends
 *   processes. A gateway that stops in order removes it, and the keeper ends.
 */
export const keeperScript = `
set -f
cd "$1" || exit 1
# The start time of a process, as it is in /proc/PID/stat behind the name, which may hold spaces; empty if it is gone.
start_of() {
  start=
  read -r stat <"/proc/$1/stat" || return 0
  set -- \${stat##*) }
  case $1 in Z | X) ;; *) start=\${20} ;; esac
}
start_of $$
echo "$$ $start" >keeper.new && mv keeper.new keeper
gone=0 holder=
while read -r keeper start <keeper && [ "$keeper" = $$ ] &&
  { read -r gateway born grace && read -r node && read -r reaper; } <lease; do
  # Each gateway that was here in the meantime, however short, has a time of its own.
  [ "$gateway $born" = "$holder" ] || gone=0
  holder="$gateway $born"
  start_of "$gateway"
  if [ "$start" = "$born" ]; then
    gone=0
  else
    gone=$((gone + 1))
    if [ $gone -gt "$grace" ]; then
      "$node" "$reaper" "$PWD" all
      read -r next start <lease
      [ "$next" = "$gateway" ] && break
    elif [ $gone -eq 2 ]; then
      "$node" "$reaper" "$PWD" mortal
    fi
  fi
  sleep 1
done
read -r keeper start <keeper && [ "$keeper" = $$ ] && rm -f keeper
`;
