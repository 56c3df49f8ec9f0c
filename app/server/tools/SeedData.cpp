// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/tools/SeedData.h"

namespace naru::server::seed {

const std::vector<VendorWords>& vendors()
{
    static const std::vector<VendorWords> list = {
        {"NARU", "나루 직영점", "정하늘", 60, 720},
        {"NAMSAN", "남산 티룸", "윤서영", 60, 720},
        {"DALBIT", "달빛 한옥", "문지호", 60, 900},
        {"HALLA", "한라 캠핑", "고민석", 45, 600},
        {"SEOHAE", "서해 요트", "임도윤", 90, 900},
        {"BUKCHON", "북촌 도예", "신예린", 60, 1080},
        {"JEJU", "제주 감귤원", "강보라", 45, 480},
        {"EUNHA", "은하 렌터카", "오세준", 30, 600},
        {"MOKGONG", "모두의 목공방", "배현우", 90, 1200},
        {"SEOCHON", "서촌 책방", "류은채", 60, 720},
        {"DONGHAE", "동해 서핑", "홍태양", 60, 720},
        {"JIRISAN", "지리산 꿀농장", "권나무", 60, 840},
        {"ONYU", "온유 베이커리", "서지안", 30, 480},
    };
    return list;
}

const std::vector<Range>& ranges()
{
    static const std::vector<Range> list = {
        {"NARU", {{"나루", "Naru", "NR", 100}, {"선물용", "Gift", "GF", 125}, {"한정판", "Limited", "LT", 160}, {"리퍼", "Refurbished", "RF", 75}},
            {{"에코백", "tote bag", "TOTE", 18000, Options::Colour}, {"텀블러", "tumbler", "TUMB", 24000, Options::Colour}, {"담요", "blanket", "BLKT", 39000, Options::Colour},
                {"수건 세트", "towel set", "TOWL", 21000, Options::Set}, {"우산", "umbrella", "UMBR", 27000, Options::Colour}, {"여행 파우치", "travel pouch", "PCH", 15000, Options::Size},
                {"캔들", "candle", "CNDL", 22000, Options::None}, {"디퓨저", "diffuser", "DFSR", 32000, Options::None}, {"달력", "calendar", "CAL", 12000, Options::None}}},
        {"NAMSAN", {{"우전", "First-flush", "UJ", 150}, {"세작", "Sejak", "SJ", 115}, {"유기농", "Organic", "OG", 100}, {"햇", "New-harvest", "NH", 130}},
            {{"녹차", "green tea", "GRN", 26000, Options::Weight}, {"말차", "matcha", "MTC", 24000, Options::Weight}, {"홍차", "black tea", "BLK", 22000, Options::Weight},
                {"쑥차", "mugwort tea", "MUG", 16000, Options::Weight}, {"보이차", "pu-erh", "PUE", 38000, Options::Weight}, {"말차 세트", "matcha set", "MSET", 52000, Options::Set},
                {"다관", "teapot", "POT", 78000, Options::Colour}, {"찻잔 세트", "tea cup set", "CUPS", 46000, Options::Set}, {"차 선물 상자", "tea gift box", "GBOX", 64000, Options::None}}},
        {"DALBIT", {{"달빛", "Moonlight", "DB", 100}, {"전통", "Traditional", "TR", 120}, {"누비", "Quilted", "NB", 140}},
            {{"한지 등", "paper lamp", "LAMP", 42000, Options::Size}, {"방석", "floor cushion", "CUSH", 29000, Options::Colour}, {"이불 세트", "bedding set", "BED", 168000, Options::Size},
                {"베갯잇", "pillow case", "PIL", 19000, Options::Colour}, {"다과상", "snack table", "TBL", 89000, Options::None}, {"향꽂이", "incense holder", "INC", 17000, Options::None},
                {"보자기", "wrapping cloth", "WRAP", 14000, Options::Colour}, {"병풍", "folding screen", "SCRN", 240000, Options::None}}},
        {"HALLA", {{"올시즌", "All-season", "AS", 100}, {"초경량", "Ultralight", "UL", 145}, {"감성", "Mood", "MD", 115}, {"가족용", "Family", "FM", 135}},
            {{"캠핑 의자", "camp chair", "CHR", 39000, Options::ColourSize}, {"2인 텐트", "two-person tent", "TENT", 189000, Options::Colour}, {"침낭", "sleeping bag", "BAG", 96000, Options::Size},
                {"랜턴", "lantern", "LNT", 34000, Options::None}, {"코펠 세트", "cookware set", "COOK", 58000, Options::Set}, {"타프", "tarp", "TARP", 84000, Options::Size},
                {"화로대", "fire pit", "FIRE", 72000, Options::None}, {"접이식 테이블", "folding table", "FTBL", 49000, Options::Size}, {"아이스박스", "cooler box", "ICE", 66000, Options::Size}}},
        {"SEOHAE", {{"선셋", "Sunset", "SS", 100}, {"마린", "Marine", "MR", 110}, {"방수", "Waterproof", "WP", 130}},
            {{"바람막이", "windbreaker", "WIND", 69000, Options::ColourSize}, {"모자", "cap", "CAP", 24000, Options::Colour}, {"드라이백", "dry bag", "DRY", 32000, Options::Size},
                {"구명조끼", "life vest", "VEST", 78000, Options::Size}, {"선글라스", "sunglasses", "SUN", 54000, Options::Colour}, {"비치 타월", "beach towel", "BTW", 22000, Options::Colour},
                {"데크 슈즈", "deck shoes", "SHOE", 88000, Options::Size}}},
        {"BUKCHON", {{"백자", "White porcelain", "WH", 120}, {"청자", "Celadon", "CE", 150}, {"분청", "Buncheong", "BC", 100}},
            {{"머그잔", "mug", "MUG", 28000, Options::Colour}, {"밥그릇", "rice bowl", "RICE", 22000, Options::None}, {"접시", "plate", "PLT", 26000, Options::Size},
                {"화병", "vase", "VASE", 64000, Options::Size}, {"주병", "liquor bottle", "BOT", 58000, Options::None}, {"수저받침 세트", "cutlery rest set", "REST", 18000, Options::Set},
                {"향로", "censer", "CENS", 92000, Options::None}, {"달항아리", "moon jar", "MOON", 320000, Options::Size}}},
        {"JEJU", {{"노지", "Open-field", "FD", 100}, {"하우스", "Greenhouse", "GH", 130}, {"친환경", "Eco", "EC", 120}, {"못난이", "Imperfect", "IP", 70}},
            {{"감귤 5kg", "mandarins 5 kg", "MND", 24000, Options::None}, {"한라봉 3kg", "hallabong 3 kg", "HLB", 34000, Options::None}, {"천혜향 3kg", "cheonhyehyang 3 kg", "CHH", 38000, Options::None},
                {"레드향 3kg", "redhyang 3 kg", "RDH", 36000, Options::None}, {"감귤청", "mandarin syrup", "SYR", 14000, Options::Weight}, {"감귤 초콜릿", "mandarin chocolate", "CHO", 12000, Options::Set},
                {"감귤칩", "mandarin chips", "CHP", 9000, Options::Weight}, {"감귤 주스", "mandarin juice", "JUI", 18000, Options::Set}, {"당근 5kg", "carrots 5 kg", "CRT", 16000, Options::None}}},
        {"EUNHA", {{"차량용", "Car", "CR", 100}, {"전기차용", "EV", "EV", 135}, {"캠핑카용", "Camper", "CP", 125}},
            {{"휴대폰 거치대", "phone mount", "MNT", 21000, Options::Colour}, {"충전기", "charger", "CHG", 29000, Options::None}, {"목베개", "neck pillow", "NECK", 19000, Options::Colour},
                {"트렁크 정리함", "trunk organiser", "TRK", 33000, Options::Size}, {"햇빛 가리개", "sun shade", "SHD", 15000, Options::Size}, {"방향제", "air freshener", "AIR", 12000, Options::Colour}}},
        {"MOKGONG", {{"월넛", "Walnut", "WN", 140}, {"오크", "Oak", "OK", 115}, {"편백", "Cypress", "CY", 100}},
            {{"도마", "cutting board", "BRD", 38000, Options::Size}, {"트레이", "tray", "TRY", 42000, Options::Size}, {"수저 세트", "spoon set", "SPN", 24000, Options::Set},
                {"독서대", "book stand", "STD", 49000, Options::None}, {"스툴", "stool", "STL", 98000, Options::None}, {"벽시계", "wall clock", "CLK", 76000, Options::Size},
                {"연필꽂이", "pen holder", "PEN", 19000, Options::None}, {"선반", "shelf", "SHF", 68000, Options::Size}}},
        {"SEOCHON", {{"서촌", "Seochon", "SC", 100}, {"작가", "Author's", "AU", 130}, {"빈티지", "Vintage", "VT", 150}},
            {{"노트", "notebook", "NOTE", 9000, Options::Colour}, {"엽서 세트", "postcard set", "PST", 8000, Options::Set}, {"책갈피", "bookmark", "MRK", 6000, Options::Set},
                {"필사 세트", "writing set", "WRT", 24000, Options::None}, {"북램프", "book lamp", "BLMP", 36000, Options::Colour}, {"책가방", "book bag", "BBAG", 42000, Options::Colour},
                {"시집 꾸러미", "poetry bundle", "POEM", 33000, Options::None}}},
        {"DONGHAE", {{"입문", "Beginner", "BG", 100}, {"프로", "Pro", "PR", 190}, {"주니어", "Junior", "JR", 85}},
            {{"서핑 보드", "surfboard", "SRF", 360000, Options::Size}, {"웻슈트", "wetsuit", "WET", 178000, Options::Size}, {"리시", "leash", "LSH", 34000, Options::Size},
                {"보드 왁스", "board wax", "WAX", 9000, Options::Set}, {"래시가드", "rash guard", "RSH", 48000, Options::ColourSize}, {"판초", "poncho", "PON", 52000, Options::Colour}}},
        {"JIRISAN", {{"아카시아", "Acacia", "AC", 100}, {"야생화", "Wildflower", "WF", 120}, {"밤꽃", "Chestnut", "CN", 135}},
            {{"꿀", "honey", "HNY", 26000, Options::Weight}, {"꿀스틱", "honey sticks", "STK", 12000, Options::Set}, {"벌집꿀", "comb honey", "CMB", 42000, Options::Weight},
                {"프로폴리스", "propolis", "PRO", 38000, Options::None}, {"밀랍 초", "beeswax candle", "WXC", 18000, Options::Size}, {"꿀 선물 세트", "honey gift set", "HGS", 68000, Options::Set}}},
        {"ONYU", {{"통밀", "Whole-wheat", "WW", 105}, {"천연발효", "Sourdough", "SD", 120}, {"비건", "Vegan", "VG", 130}, {"저당", "Low-sugar", "LS", 125}},
            {{"식빵", "loaf", "LOAF", 7500, Options::None}, {"스콘", "scones", "SCN", 9000, Options::Set}, {"쿠키 상자", "cookie box", "CKB", 18000, Options::Set},
                {"파운드 케이크", "pound cake", "PND", 22000, Options::None}, {"치아바타", "ciabatta", "CIA", 6500, Options::Set}, {"그래놀라", "granola", "GRA", 14000, Options::Weight},
                {"과일잼", "fruit jam", "JAM", 11000, Options::Weight}}},
    };
    return list;
}

QString koreanName(std::uint64_t draw)
{
    static const std::vector<const char*> family = {"김", "이", "박", "최", "정", "강", "조", "윤", "장", "임", "한", "오", "서", "신", "권", "황", "안", "송", "류", "홍"};
    static const std::vector<const char*> first = {"서", "민", "지", "하", "도", "예", "시", "유", "준", "현", "은", "수", "태", "가", "나", "다", "재", "승"};
    static const std::vector<const char*> second = {"준", "윤", "우", "원", "호", "연", "아", "은", "진", "빈", "영", "현", "서", "희", "율", "린", "람", "솔"};
    // The common family names are drawn more often, as they are.
    const std::size_t f = (draw % 100 < 45) ? draw % 3 : (draw / 100) % family.size();
    return QString::fromUtf8(family[f]) + QString::fromUtf8(first[(draw >> 16) % first.size()]) + QString::fromUtf8(second[(draw >> 32) % second.size()]);
}

} // namespace naru::server::seed
