import type { ShellName } from "./completion.ts";

/**
 * The script of each shell. All ask `k3s-lb completion <shell> -- <words>`, bash with its line as one word; the answer's
 * first line says what is wanted: `words`, then a candidate a line with its description behind a tab; `files`; or
 * `folders`.
 */
export const completionScripts: Readonly<Record<ShellName, string>> = {
  // Where there is no compopt (bash 3), files are offered as well where nothing fits.
  bash: `# Completion of k3s-lb for bash: source <(k3s-lb completion bash)
_k3s_lb() {
  local kind='' line
  COMPREPLY=()
  {
    IFS= read -r kind
    while IFS= read -r line; do COMPREPLY+=("\${line%%$'\\t'*}"); done
  } < <(command k3s-lb completion bash -- "\${COMP_LINE:0:COMP_POINT}" 2>/dev/null </dev/null)
  case $kind in
    files) compopt -o filenames ;;
    folders) compopt +o bashdefault +o default -o dirnames -o filenames ;;
    *) compopt +o bashdefault +o default ;;
  esac 2>/dev/null
  return 0
}
complete -o bashdefault -o default -F _k3s_lb k3s-lb
`,
  zsh: `#compdef k3s-lb
# Completion of k3s-lb for zsh: source <(k3s-lb completion zsh), or as _k3s-lb in a folder of $fpath.
_k3s_lb() {
  local -a lines candidates
  lines=("\${(@f)$(command k3s-lb completion zsh -- "\${(@)words[2,CURRENT]}" 2>/dev/null </dev/null)}")
  # The value of --flag=value is completed by itself.
  [[ $words[CURRENT] == --*=* ]] && compset -P 1 '--*='
  case $lines[1] in
    files) _files ;;
    folders) _files -/ ;;
    words)
      candidates=("\${(@)lines[2,-1]//:/\\\\:}")
      candidates=("\${(@)candidates/$'\\t'/:}")
      _describe k3s-lb candidates
      ;;
  esac
}
if [[ $funcstack[1] == _k3s* ]]; then
  _k3s_lb "$@"
else
  compdef _k3s_lb k3s-lb
fi
`,
  fish: `# Completion of k3s-lb for fish: k3s-lb completion fish | source
function __k3s_lb_complete
    set -l words (commandline -opc)
    set -e words[1]
    set -l token (commandline -ct)
    set -l lines (command k3s-lb completion fish -- $words "$token" 2>/dev/null </dev/null)
    set -l flag (string match -r -- '^--[^=]*=' "$token")
    set -l rest (string replace -r -- '^--[^=]*=' '' "$token")
    switch "$lines[1]"
        case files
            printf "$flag%s\\n" (__fish_complete_path "$rest")
        case folders
            printf "$flag%s\\n" (__fish_complete_directories "$rest")
        case words
            set -e lines[1]
            test (count $lines) -gt 0; and printf "$flag%s\\n" $lines
    end
end
complete -c k3s-lb -f -a '(__k3s_lb_complete)'
`,
};
