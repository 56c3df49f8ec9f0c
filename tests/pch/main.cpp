// SPDX-License-Identifier: GPL-3.0-or-later
// Never run: this program lends its precompiled header to the test programs, which are compiled as it is.
int main() { return 0; }
