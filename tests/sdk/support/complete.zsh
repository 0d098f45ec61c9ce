# zsh -f complete.zsh FOLDER LINE...: prints the candidates with which zsh would complete each LINE at a terminal:
# `completed`, then one candidate per line. The completion function is the one in FOLDER.
zmodload zsh/zpty
typeset -r folder=$1 marker=end-of-candidates
shift

zpty terminal zsh -f -i
zpty -w terminal "PS1= PS2= RPS1=; stty -echo; fpath=(${(q)folder} \$fpath); autoload -Uz compinit; compinit -D -u"
# All candidates go through compadd. Calls that only fill arrays for their caller offer none.
zpty -w terminal 'compadd() {
    local -a hits
    case " $* " in
        *" -O "* | *" -A "* | *" -D "*) builtin compadd "$@"; return ;;
    esac
    builtin compadd -O hits "$@"
    [[ -n $hits ]] && print -rl -- "candidate:"${^hits} > /dev/tty
    builtin compadd "$@"
}'
zpty -w terminal "listed() { zle list-choices; print -r -- $marker > /dev/tty; zle send-break }"
zpty -w terminal "zle -N listed; bindkey '^I' listed; print -r -- ready-\${:-now}"

read_until() { # read_until PATTERN: what the terminal shows up to there, in `shown`
    local piece
    shown=
    while zpty -r terminal piece; do
        shown+=$piece
        [[ $piece = *$1* ]] && return
    done
}

typeset shown line piece
read_until ready-now
for line; do
    zpty -w -n terminal "$line"$'\t'
    read_until $marker
    print completed
    for piece in ${(f)shown//$'\r'/}; do
        [[ $piece = *candidate:* ]] && print -r -- "${piece##*candidate:}"
    done | sort -u
done
zpty -d terminal
