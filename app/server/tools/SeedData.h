// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <vector>

// The words and figures of the demo market. Constant data, any thread.
namespace naru::server::seed {

struct VendorWords {
    const char* code;
    const char* name;
    const char* manager; // display name of its account
    int acceptSlaMin;
    int shipSlaMin;
};
const std::vector<VendorWords>& vendors(); // the operator's own shop first

// How a product's variants differ.
enum class Options { None, Weight, Size, Colour, ColourSize, Set };

struct Noun {
    const char* ko;
    const char* en;
    const char* code;
    int price; // won, of the plain one
    Options options;
};
struct Modifier {
    const char* ko;
    const char* en;
    const char* code;
    int percent; // of the plain price
};
// What a vendor sells: every modifier of every noun.
struct Range {
    const char* vendor; // code
    std::vector<Modifier> modifiers;
    std::vector<Noun> nouns;
};
const std::vector<Range>& ranges();

// What is reserved: one slot a day for each start time.
struct Bookable {
    const char* vendor;
    const char* ko;
    const char* en;
    const char* code;
    int price;
    int capacity;
    int durationMin; // 20 hours and more: a stay
    std::vector<const char*> times; // HH:mm in Seoul
    std::vector<const char*> variants; // "" for none
    int popularity; // percent of the seats sold for the days at hand
};
const std::vector<Bookable>& bookables();

QString koreanName(std::uint64_t draw); // "이서준"

} // namespace naru::server::seed
