# Makes src/quotes/data/first_names.txt from the name files of the US Census Bureau's census of 1990, which are in the
# public domain ("Frequently Occurring Surnames and First Names: 1990"): each line of theirs is a name, the share of
# people who have it in percent, the same summed up, and a rank.
#
#     awk -f docs/first_names/first_names.awk dist.female.first dist.male.first dist.all.last \
#         > src/quotes/data/first_names.txt
#
# A name goes to one sex where at least 85 in 100 of those who have it are of that sex.

function section(name, names, count,    at, line) {
    print "\n[" name "]"
    line = ""
    for (at = 1; at <= count; at++) {
        if (length(line) + length(names[at]) + 1 > 118) { print line; line = "" }
        line = line (line == "" ? "" : " ") names[at]
    }
    if (line != "") print line
}

{ name = tolower($1); share[FILENAME == ARGV[1] ? "women" : FILENAME == ARGV[2] ? "men" : "surnames", name] = $2 }
FILENAME != ARGV[3] && !(name in known) { known[name]; all[++count] = name }

END {
    for (at = 1; at <= count; at++) {
        name = all[at]
        women = share["women", name]; men = share["men", name]
        of_women = women / (women + men)
        if (of_women >= 0.85) w[++ws] = name
        else if (of_women <= 0.15) m[++ms] = name
        else e[++es] = name
        if (share["surnames", name] > women + men) s[++ss] = name
    }
    print "# First names, and whether men or women have them."
    print "#"
    print "# Source: US Census Bureau, 1990, Frequently Occurring First Names (dist.female.first, dist.male.first) and, for"
    print "# [surname], Frequently Occurring Surnames (dist.all.last); public domain. Made by docs/first_names/first_names.awk:"
    print "# don't edit it. What names.txt says of a name goes before."
    print "#"
    print "# [women] and [men]: at least 85 in 100 of those who have the name. [either]: all other names; they tell nothing."
    section("women", w, ws)
    section("men", m, ms)
    section("either", e, es)
    print "\n# Those of the names above that more people have as a surname."
    section("surname", s, ss)
}
