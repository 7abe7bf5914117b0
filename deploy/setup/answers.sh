# shellcheck shell=bash disable=SC2034,SC2154 # shared by the scripts of setup
# What setup must know: from a file, by questions, or as a try-out has it. Those in force stay in setup.env, without
# secrets.

questions=(NAME HOST TIME_ZONE COUNTRY LANGUAGE CERTIFICATE CERTIFICATE_KEY DATABASE ADMINISTRATOR)
declare -A answers applied
declare -A texts=(
    [NAME]='Name of the residence'
    [HOST]='Its name on the web, such as garita.example.org'
    [TIME_ZONE]='Time zone'
    [COUNTRY]='Country, whose phone numbers need no code (two letters; empty: that of the time zone)'
    [LANGUAGE]='Language (es or en)'
    [CERTIFICATE]='File of the certificate with its chain, or "self-signed" for a try-out'
    [CERTIFICATE_KEY]='File of its private key'
    [DATABASE]='Database: "local", or the address of a remote one without user and password, such as postgresql://db.example.org/garita?sslmode=verify-full&sslrootcert=system'
    [ADMINISTRATOR]='User name of the first administrator'
)

# set_defaults: what is proposed, or taken by --defaults.
set_defaults() {
    local zone
    zone=$(readlink /etc/localtime 2>/dev/null || true)
    zone=${zone##*/zoneinfo/}
    [[ $zone == [A-Z]*/* ]] && [[ $zone != Etc/* ]] || zone=America/Mexico_City
    answers=([NAME]='Residencial' [HOST]="$(hostname -f 2>/dev/null || hostname)" [TIME_ZONE]=$zone [COUNTRY]='' [LANGUAGE]=es
        [CERTIFICATE]=self-signed [CERTIFICATE_KEY]='' [DATABASE]=local [ADMINISTRATOR]=admin)
}

# read_file FILE ARRAY: NAME=value lines, of which nothing is run; one pair of quotes is taken off.
read_file() {
    local -n into=$2
    local line name value
    while read -r line || [ -n "$line" ]; do
        [[ $line != '#'* && -n $line ]] || continue
        name=${line%%=*} value=${line#*=}
        [[ $line == *=* && -v texts[$name] ]] || fail "$1: \"$name\" is no question of setup: ${questions[*]}"
        if [[ $value =~ ^\"(.*)\"$ || $value =~ ^\'(.*)\'$ ]]; then value=${BASH_REMATCH[1]}; fi
        # shellcheck disable=SC2004 # it is an array of names
        into[$name]=$value
    done <"$1"
}

ask() {
    local name reply
    [ -t 0 ] || fail "There is nobody to ask: use --file ANSWERS or --defaults."
    for name in "${questions[@]}"; do
        [[ $name != CERTIFICATE_KEY || ${answers[CERTIFICATE]} != self-signed ]] || { answers[$name]=''; continue; }
        read -r -p "${texts[$name]} [${answers[$name]}]: " reply
        [ -z "$reply" ] || answers[$name]=$reply
    done
}

# problems: a line for each answer that cannot be.
problems() {
    local word='[a-z0-9]([a-z0-9-]*[a-z0-9])?' parameter='[a-z_]+=[^@&=?]*' zones=/usr/share/zoneinfo
    [ -n "${answers[NAME]}" ] && [ "${#answers[NAME]}" -le 100 ] || printf 'NAME: 1 to 100 characters\n'
    [[ ${answers[HOST]} =~ ^$word(\.$word)*$ ]] || printf 'HOST: a name of the web in small letters\n'
    # A list that this machine has not got (tzdata) is asked of the database, later.
    { [[ ${answers[TIME_ZONE]} =~ ^[A-Za-z_+/0-9-]{1,64}$ ]] &&
        { [ ! -d $zones/America ] || [ "$(head -c 4 "$zones/${answers[TIME_ZONE]}" 2>/dev/null)" = TZif ]; }; } ||
        printf 'TIME_ZONE: a full name, such as America/Mexico_City\n'
    { [[ ${answers[COUNTRY]} =~ ^([A-Z][A-Z])?$ ]] &&
        { [ -z "${answers[COUNTRY]}" ] || [ ! -f $zones/iso3166.tab ] || grep -q "^${answers[COUNTRY]}"$'\t' $zones/iso3166.tab; }; } ||
        printf 'COUNTRY: two capital letters, such as MX\n'
    [[ ${answers[LANGUAGE]} =~ ^(es|en)$ ]] || printf 'LANGUAGE: es or en\n'
    [[ ${answers[ADMINISTRATOR]} =~ ^[A-Za-z0-9@.+_][A-Za-z0-9@.+_-]{0,149}$ ]] || printf 'ADMINISTRATOR: letters, digits and @.+-_\n'
    if [ "${answers[CERTIFICATE]}" != self-signed ]; then
        [ -r "${answers[CERTIFICATE]}" ] || printf 'CERTIFICATE: there is no such file\n'
        [ -r "${answers[CERTIFICATE_KEY]}" ] || printf 'CERTIFICATE_KEY: there is no such file\n'
    fi
    # It is written down where everybody reads it.
    [[ ${answers[DATABASE]} == local ||
        ${answers[DATABASE]} =~ ^postgres(ql)?://[^@/?]+/[^@/?]+(\?$parameter(\&$parameter)*)?$ &&
        ! ${answers[DATABASE]} =~ [?\&](user|password|sslpassword)= ]] ||
        printf 'DATABASE: "local", or postgresql://HOST/NAME without user and password\n'
}

# read_answers OPTIONS...: those of setup. What was answered before stands until it is answered anew.
read_answers() {
    local name wrong
    set_defaults
    for name in "$settings/setup.env" "$settings/setup.env.unfinished"; do [ ! -f "$name" ] || read_file "$name" answers; done
    [ ! -f "$settings/setup.env" ] || read_file "$settings/setup.env" applied
    case ${1:-} in
    --file) [ -r "${2:-}" ] || fail "${2:-}: there is no such file."; read_file "$2" answers ;;
    --defaults) ;;
    *) ask ;;
    esac
    for name in CERTIFICATE CERTIFICATE_KEY; do
        case ${answers[$name]} in '' | self-signed | /*) ;; *) answers[$name]=$PWD/${answers[$name]} ;; esac
    done
    wrong=$(problems)
    [ -z "$wrong" ] || { printf '%s\n' "$wrong" >&2; fail "Setup did nothing: these answers cannot be."; }
    folder 755 root "$settings"
    write_answers "$settings/setup.env.unfinished"
}

write_answers() {
    local name
    for name in "${questions[@]}"; do printf '%s="%s"\n' "$name" "${answers[$name]}"; done | write 644 root "$1"
}

# remember_answers: they are in force now.
remember_answers() {
    if cmp -s -- "$settings/setup.env.unfinished" "$settings/setup.env"; then
        rm -f -- "$settings/setup.env.unfinished"
    else
        mv -f -- "$settings/setup.env.unfinished" "$settings/setup.env"
    fi
}
