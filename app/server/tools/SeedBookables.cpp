// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/tools/SeedData.h"

namespace naru::server::seed {

const std::vector<Bookable>& bookables()
{
    constexpr int kStay = 20 * 60;
    static const std::vector<Bookable> list = {
        {"DALBIT", "달빛 한옥", "Moonlight hanok", "STAY", 180000, 1, kStay, {"15:00"}, {"별채", "사랑방", "안채"}, 88},
        {"DALBIT", "달빛 한옥 행랑채", "Moonlight hanok, gate house", "GATE", 120000, 2, kStay, {"15:00"}, {""}, 80},
        {"DALBIT", "달빛 한옥 단체 스테이", "Moonlight hanok for groups", "GROUP", 420000, 1, kStay, {"15:00"}, {""}, 55},
        {"DALBIT", "한복 산책", "Hanbok walk", "HANBOK", 35000, 10, 120, {"10:00", "14:00"}, {""}, 60},
        {"DALBIT", "가야금 저녁 공연", "Gayageum evening", "GAYA", 28000, 24, 70, {"19:30"}, {""}, 70},
        {"HALLA", "한라 캠핑장", "Halla camp site", "SITE", 45000, 30, kStay, {"14:00"}, {"A구역", "B구역", "C구역"}, 72},
        {"HALLA", "글램핑 돔", "Glamping dome", "DOME", 160000, 6, kStay, {"15:00"}, {""}, 82},
        {"HALLA", "카라반", "Caravan", "CARA", 130000, 4, kStay, {"15:00"}, {""}, 76},
        {"HALLA", "별 보기 산행", "Star-gazing hike", "STAR", 25000, 16, 150, {"20:00"}, {""}, 48},
        {"HALLA", "캠핑 요리 교실", "Camp cooking class", "CCOOK", 32000, 10, 120, {"11:00"}, {""}, 44},
        {"SEOHAE", "선셋 요트 90분", "Sunset yacht, 90 minutes", "SUNSET", 45000, 24, 90, {"17:30", "19:00"}, {""}, 86},
        {"SEOHAE", "아침 요트 60분", "Morning yacht, 60 minutes", "MORN", 32000, 24, 60, {"09:00", "10:30"}, {""}, 42},
        {"SEOHAE", "전세 요트", "Private yacht", "PRIV", 480000, 1, 180, {"13:00"}, {""}, 58},
        {"SEOHAE", "낚시 체험", "Fishing trip", "FISH", 55000, 12, 240, {"06:00", "13:00"}, {""}, 62},
        {"SEOHAE", "요트 조종 입문", "First sailing lesson", "LESSON", 90000, 6, 180, {"10:00"}, {""}, 50},
        {"SEOHAE", "불꽃놀이 크루즈", "Fireworks cruise", "FIREW", 68000, 30, 120, {"20:30"}, {""}, 92},
        {"NAMSAN", "다도 체험", "Tea ceremony", "CEREM", 30000, 8, 80, {"11:00", "14:00", "16:00"}, {""}, 66},
        {"NAMSAN", "차 블렌딩 교실", "Tea blending class", "BLEND", 42000, 8, 100, {"13:00"}, {""}, 58},
        {"NAMSAN", "남산 찻집 창가 자리", "Window seat at the tea room", "SEAT", 15000, 6, 60, {"12:00", "15:00"}, {""}, 74},
        {"NAMSAN", "애프터눈 티 코스", "Afternoon tea", "AFTN", 48000, 12, 90, {"14:30"}, {""}, 80},
        {"BUKCHON", "물레 체험", "Wheel throwing", "WHEEL", 38000, 6, 90, {"11:00", "15:00"}, {""}, 84},
        {"BUKCHON", "핸드빌딩 교실", "Hand-building class", "HAND", 34000, 10, 120, {"13:00"}, {""}, 55},
        {"BUKCHON", "도자기 그림 그리기", "Pottery painting", "PAINT", 26000, 12, 70, {"10:00", "14:00"}, {""}, 52},
        {"BUKCHON", "가마 여는 날", "Kiln opening day", "KILN", 20000, 20, 60, {"16:00"}, {""}, 38},
        {"BUKCHON", "달항아리 특강", "Moon jar master class", "JAR", 150000, 4, 240, {"10:00"}, {""}, 78},
        {"JEJU", "감귤 따기 체험", "Mandarin picking", "PICK", 12000, 30, 60, {"10:00", "13:00", "15:00"}, {""}, 64},
        {"JEJU", "감귤밭 피크닉", "Picnic in the grove", "PICNIC", 28000, 8, 120, {"12:00"}, {""}, 70},
        {"JEJU", "감귤잼 만들기", "Jam making", "JAMC", 22000, 12, 80, {"11:00"}, {""}, 46},
        {"JEJU", "농막 스테이", "Farm hut stay", "HUT", 95000, 2, kStay, {"16:00"}, {""}, 83},
        {"EUNHA", "전기차 24시간", "Electric car, 24 hours", "EV24", 89000, 8, 24 * 60, {"09:00"}, {""}, 78},
        {"EUNHA", "경차 24시간", "Small car, 24 hours", "SML24", 49000, 12, 24 * 60, {"09:00"}, {""}, 61},
        {"EUNHA", "SUV 24시간", "SUV, 24 hours", "SUV24", 98000, 6, 24 * 60, {"09:00"}, {""}, 69},
        {"EUNHA", "승합차 24시간", "Van, 24 hours", "VAN24", 129000, 3, 24 * 60, {"09:00"}, {""}, 74},
        {"EUNHA", "캠핑카 24시간", "Camper van, 24 hours", "CAMP24", 168000, 3, 24 * 60, {"10:00"}, {""}, 88},
        {"EUNHA", "전기 자전거 3시간", "E-bike, 3 hours", "EBIKE", 18000, 20, 180, {"09:00", "13:00", "16:00"}, {""}, 40},
        {"MOKGONG", "원데이 도마 만들기", "Cutting board in a day", "BOARD", 58000, 8, 180, {"10:00", "14:00"}, {""}, 82},
        {"MOKGONG", "숟가락 깎기", "Spoon carving", "SPOON", 36000, 10, 120, {"13:00"}, {""}, 56},
        {"MOKGONG", "스툴 만들기 2일", "Stool in two days", "STOOL", 160000, 4, 300, {"10:00"}, {""}, 64},
        {"MOKGONG", "어린이 목공", "Woodwork for children", "KIDS", 28000, 12, 90, {"11:00", "15:00"}, {""}, 60},
        {"MOKGONG", "공구 대여 작업실", "Workshop bench", "BENCH", 22000, 6, 180, {"10:00", "14:00", "18:00"}, {""}, 42},
        {"SEOCHON", "작가와의 밤", "An evening with the author", "NIGHT", 15000, 30, 100, {"19:30"}, {""}, 68},
        {"SEOCHON", "필사 모임", "Writing circle", "CIRCLE", 12000, 10, 90, {"10:30"}, {""}, 57},
        {"SEOCHON", "책 만들기 교실", "Book binding class", "BIND", 46000, 6, 150, {"14:00"}, {""}, 71},
        {"SEOCHON", "골목 산책", "Alley walk", "ALLEY", 18000, 14, 110, {"11:00", "16:00"}, {""}, 45},
        {"SEOCHON", "심야 책방", "The bookshop at night", "LATE", 20000, 8, 180, {"22:00"}, {""}, 63},
        {"DONGHAE", "서핑 입문 강습", "First surf lesson", "SURF1", 60000, 12, 120, {"09:00", "13:00"}, {""}, 67},
        {"DONGHAE", "서핑 중급 강습", "Second surf lesson", "SURF2", 75000, 8, 120, {"11:00"}, {""}, 52},
        {"DONGHAE", "패들보드 대여", "Paddle board", "SUP", 30000, 16, 90, {"10:00", "14:00"}, {""}, 47},
        {"DONGHAE", "해변 요가", "Beach yoga", "YOGA", 20000, 20, 60, {"07:00"}, {""}, 39},
        {"DONGHAE", "서퍼 하우스", "Surfers' house", "HOUSE", 55000, 12, kStay, {"15:00"}, {""}, 75},
        {"JIRISAN", "벌꿀 농장 견학", "Bee farm visit", "FARM", 14000, 20, 70, {"10:00", "14:00"}, {""}, 44},
        {"JIRISAN", "밀랍 초 만들기", "Beeswax candles", "CANDLE", 24000, 10, 80, {"13:00"}, {""}, 53},
        {"JIRISAN", "꿀 따기 체험", "Honey harvest", "HARVEST", 36000, 8, 100, {"09:30"}, {""}, 66},
        {"JIRISAN", "둘레길 안내", "Guided trail walk", "TRAIL", 25000, 15, 240, {"08:00"}, {""}, 50},
        {"JIRISAN", "산장 스테이", "Mountain lodge", "LODGE", 70000, 8, kStay, {"15:00"}, {""}, 73},
        {"ONYU", "식빵 교실", "Bread class", "BREAD", 48000, 8, 180, {"10:00", "14:00"}, {""}, 77},
        {"ONYU", "스콘 교실", "Scone class", "SCONE", 34000, 10, 120, {"13:00"}, {""}, 61},
        {"ONYU", "어린이 쿠키 교실", "Cookies for children", "COOKIE", 24000, 12, 80, {"11:00", "15:00"}, {""}, 69},
        {"ONYU", "브런치 예약석", "Brunch table", "BRUNCH", 19000, 20, 90, {"10:00", "12:00"}, {""}, 81},
        {"NARU", "도심 야간 투어", "City night tour", "CITY", 39000, 25, 150, {"19:00"}, {""}, 59},
    };
    return list;
}

} // namespace naru::server::seed
