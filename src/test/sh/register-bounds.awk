# Holds what compilers made of the kernels against the table of bounds.
#
#     awk -v mode=check -v table=NAME -f register-bounds.awk TABLE FIGURES
#
# TABLE has, somewhere, a Markdown table that begins with the columns "kernel" and "local memory";
# each further column is a target. A cell is the bound of a kernel on that target: the most
# registers, or "SIMDn" for the fewest work-items that a thread of Intel's may run at once; then,
# where there is no way around them, ", N spilled" and ", N B stack". FIGURES has a line for each
# kernel and target: name, target, registers, spills and stack, with tabs between them.
#
# mode "check" prints the figures as a table and ends with status 1 if any is over its bound; mode
# "bounds" prints rows for the table of bounds instead.

BEGIN {
  FS = " *[|] *"
}

FNR == 1 {
  file++
  if (file == 2) {
    FS = "\t"
    $0 = $0 # split anew
  }
}

file == 1 && $2 == "kernel" && $3 == "local memory" {
  for (i = 4; i < NF; i++) {
    column[$i] = i
    order[++columns] = $i
  }
  reading = 1
  next
}

file == 1 && reading && NF < 4 {
  reading = 0
}

file == 1 && reading && $2 !~ /^-/ {
  memory[$2] = $3
  for (target in column) {
    bound[$2, target] = $(column[target])
  }
  next
}

file == 2 {
  count++
  kernel[count] = $1
  target_of[count] = $2
  registers[count] = $3
  spills[count] = $4 + 0
  stack[count] = $5 + 0
  at[$1, $2] = count
}

# The number before a word of a cell; 0 if it is not there.
function allowed(cell, word,    part) {
  if (match(cell, "[0-9,]+ " word)) {
    part = substr(cell, RSTART, RLENGTH)
    gsub(/[^0-9]/, "", part)
    return part + 0
  }
  return 0
}

function complain(text) {
  complaints[++bad] = text
}

function check(i,    cell, name, first, most) {
  name = kernel[i] " for " target_of[i]
  cell = bound[kernel[i], target_of[i]]
  first = cell
  sub(/,.*/, "", first)
  if (registers[i] == "failed") {
    complain(name " does not compile")
    return
  }
  if (cell == "") {
    complain(name " has no bound in " table)
    return
  }
  if (registers[i] ~ /^SIMD/) {
    if (first !~ /^SIMD[0-9]+$/ || substr(registers[i], 5) + 0 < substr(first, 5) + 0) {
      complain(name " runs " registers[i] ", the bound is " first)
    }
  } else if (first !~ /^[0-9]+$/ || registers[i] + 0 > first + 0) {
    complain(name " takes " registers[i] " registers, the bound is " first)
  }
  most = allowed(cell, "spilled")
  if (spills[i] > most) {
    complain(name " spills " spills[i] (target_of[i] ~ /^sm_/ ? " bytes" : " of its registers") ", the bound is " most)
  }
  most = allowed(cell, "B stack")
  if (stack[i] > most) {
    complain(name " has a stack of " stack[i] " bytes, the bound is " most)
  }
}

function print_figures(    i, line) {
  line = "| %-26s | %-8s | %9s | %12s | %6s | %5s |\n"
  printf line, "kernel", "target", "registers", "local memory", "spills", "stack"
  for (i = 1; i <= count; i++) {
    printf line, kernel[i], target_of[i], registers[i], memory[kernel[i]], spills[i], stack[i]
  }
}

# Registers are handed out in eights, so a bound is a multiple of it.
function cell_of(i,    cell) {
  cell = registers[i] ~ /^[0-9]/ ? 8 * int((registers[i] + 7) / 8) : registers[i]
  return cell (spills[i] ? ", " spills[i] " spilled" : "") (stack[i] ? ", " stack[i] " B stack" : "")
}

function print_bounds(    i, j, line) {
  for (i = 1; i <= count; i++) {
    if (kernel[i] != kernel[i - 1]) {
      line = "| " kernel[i] " | " memory[kernel[i]] " |"
      for (j = 1; j <= columns; j++) {
        line = line " " ((kernel[i], order[j]) in at ? cell_of(at[kernel[i], order[j]]) : "") " |"
      }
      print line
    }
  }
}

END {
  if (columns == 0 || count == 0) {
    print "register-bounds: " (columns == 0 ? "no table of bounds in " table : "no figures") > "/dev/stderr"
    exit 2
  }
  if (mode == "bounds") {
    print_bounds()
    exit 0
  }
  print_figures()
  for (i = 1; i <= count; i++) {
    check(i)
  }
  for (i = 1; i <= bad; i++) {
    print "register-bounds: " complaints[i] > "/dev/stderr"
  }
  exit bad > 0
}
