<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ko_KR">
<context>
    <name>BookingWords</name>
    <message>
        <source>Received</source>
        <translation>입고</translation>
    </message>
    <message>
        <source>Adjusted</source>
        <translation>조정</translation>
    </message>
    <message>
        <source>Held</source>
        <translation>점유</translation>
    </message>
    <message>
        <source>Hold released</source>
        <translation>점유 해제</translation>
    </message>
    <message>
        <source>Hold ran out</source>
        <translation>점유 만료</translation>
    </message>
    <message>
        <source>Sold</source>
        <translation>판매</translation>
    </message>
    <message>
        <source>Given back</source>
        <translation>반환됨</translation>
    </message>
    <message>
        <source>Shipped</source>
        <translation>출고</translation>
    </message>
    <message>
        <source>Returned</source>
        <translation>반품</translation>
    </message>
    <message>
        <source>Booked</source>
        <translation>예약됨</translation>
    </message>
    <message>
        <source>Confirmed</source>
        <translation>확정</translation>
    </message>
    <message>
        <source>Moved</source>
        <translation>옮김</translation>
    </message>
    <message>
        <source>Cancellation asked</source>
        <translation>취소 요청</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>취소됨</translation>
    </message>
    <message>
        <source>Checked in</source>
        <translation>체크인</translation>
    </message>
    <message>
        <source>Did not come</source>
        <translation>노쇼</translation>
    </message>
    <message>
        <source>Completed</source>
        <translation>완료</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>대기 중</translation>
    </message>
    <message>
        <source>Offered</source>
        <translation>제안됨</translation>
    </message>
    <message>
        <source>Accepted</source>
        <translation>수락함</translation>
    </message>
    <message>
        <source>Offer ran out</source>
        <translation>제안 만료</translation>
    </message>
    <message>
        <source>Left the list</source>
        <translation>대기 취소</translation>
    </message>
    <message>
        <source>Waits for approval</source>
        <translation>승인 대기</translation>
    </message>
    <message>
        <source>Approved</source>
        <translation>승인됨</translation>
    </message>
    <message>
        <source>Being refunded</source>
        <translation>환불 중</translation>
    </message>
    <message>
        <source>Refunded</source>
        <translation>환불 완료</translation>
    </message>
    <message>
        <source>Refund failed</source>
        <translation>환불 실패</translation>
    </message>
    <message>
        <source>Refund refused</source>
        <translation>환불 거절</translation>
    </message>
    <message>
        <source>Used</source>
        <translation>이용함</translation>
    </message>
    <message>
        <source>held until %1</source>
        <translation>%1까지 점유</translation>
    </message>
    <message>
        <source>Lower it and stay overbooked</source>
        <translation>줄이고 초과 예약으로 두기</translation>
    </message>
    <message>
        <source>Keep the seats, sell no more</source>
        <translation>정원은 두고 판매만 마감</translation>
    </message>
    <message>
        <source>Cancel those ticked</source>
        <translation>선택한 예약 취소</translation>
    </message>
    <message>
        <source>Lower it to what is sold</source>
        <translation>판매된 만큼까지만 줄이기</translation>
    </message>
    <message>
        <source>Repair</source>
        <translation>복구</translation>
    </message>
    <message>
        <source>The figure is not the sum of its rows</source>
        <translation>숫자가 원장 합계와 다릅니다</translation>
    </message>
    <message>
        <source>A row is missing in the numbering</source>
        <translation>원장 번호가 비어 있습니다</translation>
    </message>
    <message>
        <source>Held is not the sum of the open holds</source>
        <translation>점유 수가 열린 점유의 합과 다릅니다</translation>
    </message>
    <message>
        <source>Sold is not the sum of the open allocations</source>
        <translation>판매 수가 배정의 합과 다릅니다</translation>
    </message>
    <message>
        <source>The rows of a hold do not add up</source>
        <translation>점유의 원장 행이 맞지 않습니다</translation>
    </message>
    <message>
        <source>A reservation has other seats than its state says</source>
        <translation>예약 상태와 배정된 좌석이 다릅니다</translation>
    </message>
    <message>
        <source>%1 d</source>
        <translation>%1일</translation>
    </message>
    <message>
        <source>%1 h</source>
        <translation>%1시간</translation>
    </message>
    <message>
        <source>%1 until the start</source>
        <translation>시작 전까지 %1</translation>
    </message>
    <message>
        <source>%1 until %2 before</source>
        <translation>%2 전까지 %1</translation>
    </message>
    <message>
        <source>less %1</source>
        <translation>%1 공제</translation>
    </message>
</context>
<context>
    <name>ErrorText</name>
    <message>
        <source>Wrong ID or password.</source>
        <translation>아이디 또는 비밀번호가 올바르지 않습니다.</translation>
    </message>
    <message>
        <source>This account can be used in one place. Sign out there first.</source>
        <translation>이 계정은 한 곳에서만 사용할 수 있습니다. 먼저 그곳에서 로그아웃해 주세요.</translation>
    </message>
    <message>
        <source>This account is already signed in elsewhere.</source>
        <translation>이미 다른 곳에서 로그인되어 있습니다.</translation>
    </message>
    <message>
        <source>Somebody else was faster. The newest state is shown; your change was not made.</source>
        <translation>다른 사람이 먼저 바꿨습니다. 최신 상태를 표시했으며, 변경하지 않았습니다.</translation>
    </message>
    <message>
        <source>This move is not allowed from the present state. Nothing was changed.</source>
        <translation>지금 상태에서는 할 수 없는 변경입니다. 변경된 것은 없습니다.</translation>
    </message>
    <message>
        <source>Your role may not do this. Nothing was changed.</source>
        <translation>이 작업을 할 권한이 없습니다. 변경된 것은 없습니다.</translation>
    </message>
    <message>
        <source>Sold out. Nothing was booked.</source>
        <translation>매진되었습니다. 예약된 것은 없습니다.</translation>
    </message>
    <message>
        <source>Others hold the rest at the moment. Nothing was booked.</source>
        <translation>남은 자리를 다른 고객이 점유 중입니다. 예약된 것은 없습니다.</translation>
    </message>
    <message>
        <source>The price has changed. Nothing was booked.</source>
        <translation>가격이 바뀌었습니다. 예약된 것은 없습니다.</translation>
    </message>
    <message>
        <source>Your session has expired. Please sign in again.</source>
        <translation>인증 세션이 만료되었습니다. 다시 로그인해 주세요.</translation>
    </message>
    <message>
        <source>This session ended because the account signed in elsewhere.</source>
        <translation>다른 곳에서 로그인되어 이 세션이 종료되었습니다.</translation>
    </message>
    <message>
        <source>An administrator ended this session.</source>
        <translation>관리자가 이 세션을 종료했습니다.</translation>
    </message>
    <message>
        <source>The same request was sent twice with other content. Nothing was changed.</source>
        <translation>같은 요청이 다른 내용으로 두 번 전송되었습니다. 변경된 것은 없습니다.</translation>
    </message>
    <message>
        <source>Cancelled. Nothing was changed.</source>
        <translation>취소했습니다. 변경된 것은 없습니다.</translation>
    </message>
    <message>
        <source>The server cannot be reached. Nothing was changed.</source>
        <translation>서버에 연결할 수 없습니다. 변경된 것은 없습니다.</translation>
    </message>
    <message>
        <source>The server did not answer in time. Check the newest state before you try again.</source>
        <translation>서버가 제때 응답하지 않았습니다. 최신 상태를 확인한 뒤 다시 시도해 주세요.</translation>
    </message>
    <message>
        <source>You are not signed in. Nothing was changed.</source>
        <translation>로그인되어 있지 않습니다. 변경된 것은 없습니다.</translation>
    </message>
    <message>
        <source>This record does not exist or is not yours to see.</source>
        <translation>기록이 없거나 볼 권한이 없습니다.</translation>
    </message>
    <message>
        <source>This contradicts the present state. Nothing was changed.</source>
        <translation>지금 상태와 맞지 않습니다. 변경된 것은 없습니다.</translation>
    </message>
    <message>
        <source>The server did not accept the values. Nothing was changed.</source>
        <translation>서버가 값을 받아들이지 않았습니다. 변경된 것은 없습니다.</translation>
    </message>
    <message>
        <source>Too many requests. Try again shortly; nothing was changed.</source>
        <translation>요청이 너무 많습니다. 잠시 후 다시 시도해 주세요. 변경된 것은 없습니다.</translation>
    </message>
    <message>
        <source>The server had a problem. Check the newest state before you try again.</source>
        <translation>서버에 문제가 생겼습니다. 최신 상태를 확인한 뒤 다시 시도해 주세요.</translation>
    </message>
    <message>
        <source>The server&apos;s answer could not be read. Console and server may be of different versions.</source>
        <translation>서버의 응답을 읽을 수 없습니다. 콘솔과 서버의 버전이 다를 수 있습니다.</translation>
    </message>
    <message>
        <source>The local store could not be read or written. Is the disk full?</source>
        <translation>이 기기의 저장소를 읽거나 쓸 수 없습니다. 디스크가 가득 찼는지 확인해 주세요.</translation>
    </message>
    <message>
        <source>This device&apos;s keyring is locked or missing. Sign-in is forgotten when you quit.</source>
        <translation>이 기기의 보안 저장소가 잠겨 있거나 없습니다. 프로그램을 종료하면 로그인 정보가 사라집니다.</translation>
    </message>
    <message>
        <source>Too much is going on at once. Try again shortly; nothing was changed.</source>
        <translation>지금 처리할 일이 너무 많습니다. 잠시 후 다시 시도해 주세요. 변경된 것은 없습니다.</translation>
    </message>
    <message>
        <source>The program is closing. Nothing was changed.</source>
        <translation>프로그램을 종료하는 중입니다. 변경된 것은 없습니다.</translation>
    </message>
    <message>
        <source>The program made a mistake. Please report the code.</source>
        <translation>프로그램 오류입니다. 코드를 알려 주세요.</translation>
    </message>
    <message>
        <source>Too many attempts. Try again in %n s.</source>
        <translation>로그인 시도가 너무 많습니다. %n초 후 다시 시도해 주세요.</translation>
    </message>
    <message>
        <source>Many people are signing in. Try again in %n s.</source>
        <translation>로그인 요청이 많습니다. %n초 후 다시 시도해 주세요.</translation>
    </message>
    <message>
        <source>This hold has already ended. Nothing was changed.</source>
        <translation>이미 끝난 점유입니다. 변경된 것은 없습니다.</translation>
    </message>
    <message>
        <source>This hold cannot be extended any further. Nothing was changed.</source>
        <translation>이 점유는 더 연장할 수 없습니다. 변경된 것은 없습니다.</translation>
    </message>
    <message>
        <source>This hold belongs to an order; cancel the order instead. Nothing was changed.</source>
        <translation>주문에 속한 점유입니다. 주문을 취소해 주세요. 변경된 것은 없습니다.</translation>
    </message>
    <message>
        <source>More is already promised than would be left. The stock was not changed.</source>
        <translation>이미 약속된 수량보다 적어집니다. 재고를 바꾸지 않았습니다.</translation>
    </message>
    <message>
        <source>This price is no longer in force. The newest one is shown; nothing was changed.</source>
        <translation>더 이상 적용되지 않는 가격입니다. 최신 가격을 표시했으며, 변경하지 않았습니다.</translation>
    </message>
    <message>
        <source>This order has already been shipped. Nothing was changed.</source>
        <translation>이미 발송된 주문입니다. 변경된 것은 없습니다.</translation>
    </message>
    <message>
        <source>This code is already in use. Nothing was changed.</source>
        <translation>이미 쓰고 있는 코드입니다. 변경된 것은 없습니다.</translation>
    </message>
    <message>
        <source>This account is closed. Please ask an administrator.</source>
        <translation>닫힌 계정입니다. 관리자에게 문의해 주세요.</translation>
    </message>
    <message>
        <source>The server&apos;s certificate is not trusted. Nothing was sent.</source>
        <translation>서버 인증서를 믿을 수 없습니다. 아무것도 보내지 않았습니다.</translation>
    </message>
    <message>
        <source>No secure connection could be made. Nothing was sent.</source>
        <translation>안전하게 연결할 수 없습니다. 아무것도 보내지 않았습니다.</translation>
    </message>
    <message>
        <source>The server address is wrong. Please check it in the settings.</source>
        <translation>서버 주소가 올바르지 않습니다. 설정에서 확인해 주세요.</translation>
    </message>
    <message>
        <source>A server elsewhere needs a secure address (https). Nothing was sent.</source>
        <translation>다른 컴퓨터의 서버에는 안전한 주소(https)가 필요합니다. 아무것도 보내지 않았습니다.</translation>
    </message>
    <message>
        <source>Your role may not move this from “%1” to “%2”. Nothing was changed.</source>
        <translation>지금 역할로는 ‘%1’에서 ‘%2’(으)로 바꿀 수 없습니다. 변경된 것은 없습니다.</translation>
    </message>
</context>
<context>
    <name>RuleWords</name>
    <message>
        <source>first</source>
        <translation>첫째</translation>
    </message>
    <message>
        <source>second</source>
        <translation>둘째</translation>
    </message>
    <message>
        <source>third</source>
        <translation>셋째</translation>
    </message>
    <message>
        <source>fourth</source>
        <translation>넷째</translation>
    </message>
    <message>
        <source>last</source>
        <translation>마지막</translation>
    </message>
    <message>
        <source>every day</source>
        <translation>매일</translation>
    </message>
    <message>
        <source>every %n days</source>
        <translation>%n일마다</translation>
    </message>
    <message>
        <source>every week</source>
        <translation>매주</translation>
    </message>
    <message>
        <source>every %n weeks</source>
        <translation>%n주마다</translation>
    </message>
    <message>
        <source>every month</source>
        <translation>매월</translation>
    </message>
    <message>
        <source>every %n months</source>
        <translation>%n개월마다</translation>
    </message>
    <message>
        <source>the last day</source>
        <translation>말일</translation>
    </message>
    <message>
        <source>day %1</source>
        <translation>%1일</translation>
    </message>
    <message>
        <source>%1 on %2</source>
        <translation>%1 %2</translation>
    </message>
    <message numerus="yes">
        <source>%n time(s)</source>
        <translation>
            <numerusform>%n회</numerusform>
        </translation>
    </message>
    <message>
        <source>until %1</source>
        <translation>%1까지</translation>
    </message>
    <message>
        <source>%1 at %2, %3 min, %4 seats</source>
        <translation>%1 %2, %3분, 정원 %4</translation>
    </message>
    <message>
        <source>new</source>
        <translation>새로 생김</translation>
    </message>
    <message>
        <source>stays</source>
        <translation>그대로</translation>
    </message>
    <message>
        <source>changes</source>
        <translation>바뀜</translation>
    </message>
    <message>
        <source>comes back</source>
        <translation>다시 열림</translation>
    </message>
    <message>
        <source>booked and different</source>
        <translation>예약이 있고 규칙과 다름</translation>
    </message>
    <message>
        <source>made by hand</source>
        <translation>직접 만든 회차</translation>
    </message>
</context>
<context>
    <name>StateText</name>
    <message>
        <source>Draft</source>
        <translation>초안</translation>
    </message>
    <message>
        <source>In review</source>
        <translation>검토 중</translation>
    </message>
    <message>
        <source>Rejected</source>
        <translation>반려</translation>
    </message>
    <message>
        <source>Approved</source>
        <translation>승인</translation>
    </message>
    <message>
        <source>Scheduled</source>
        <translation>예약됨</translation>
    </message>
    <message>
        <source>On sale</source>
        <translation>판매 중</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>일시 중지</translation>
    </message>
    <message>
        <source>Discontinued</source>
        <translation>단종</translation>
    </message>
    <message>
        <source>Archived</source>
        <translation>보관</translation>
    </message>
    <message>
        <source>To accept</source>
        <translation>접수 대기</translation>
    </message>
    <message>
        <source>Accepted</source>
        <translation>수락</translation>
    </message>
    <message>
        <source>Preparing</source>
        <translation>준비 중</translation>
    </message>
    <message>
        <source>Partly shipped</source>
        <translation>일부 발송</translation>
    </message>
    <message>
        <source>Shipped</source>
        <translation>발송</translation>
    </message>
    <message>
        <source>Delivered</source>
        <translation>배송 완료</translation>
    </message>
    <message>
        <source>Closed</source>
        <translation>종료</translation>
    </message>
    <message>
        <source>Refused</source>
        <translation>거절</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>취소</translation>
    </message>
    <message>
        <source>Payment due</source>
        <translation>결제 대기</translation>
    </message>
    <message>
        <source>Paying</source>
        <translation>결제 중</translation>
    </message>
    <message>
        <source>Payment authorised</source>
        <translation>결제 승인</translation>
    </message>
    <message>
        <source>Partly captured</source>
        <translation>일부 매입</translation>
    </message>
    <message>
        <source>Captured</source>
        <translation>매입</translation>
    </message>
    <message>
        <source>Payment failed</source>
        <translation>결제 실패</translation>
    </message>
    <message>
        <source>Authorisation voided</source>
        <translation>승인 취소</translation>
    </message>
    <message>
        <source>Payment expired</source>
        <translation>결제 만료</translation>
    </message>
    <message>
        <source>Partly refunded</source>
        <translation>일부 환불</translation>
    </message>
    <message>
        <source>Refunded</source>
        <translation>환불</translation>
    </message>
    <message>
        <source>Queued</source>
        <translation>대기열</translation>
    </message>
    <message>
        <source>Deciding</source>
        <translation>처리 중</translation>
    </message>
    <message>
        <source>Held</source>
        <translation>점유</translation>
    </message>
    <message>
        <source>Confirmed</source>
        <translation>확정</translation>
    </message>
    <message>
        <source>Waiting list</source>
        <translation>대기</translation>
    </message>
    <message>
        <source>Expired</source>
        <translation>만료</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>실패</translation>
    </message>
    <message>
        <source>Pending</source>
        <translation>진행 중</translation>
    </message>
    <message>
        <source>Cancellation asked</source>
        <translation>취소 요청</translation>
    </message>
    <message>
        <source>Checked in</source>
        <translation>입장</translation>
    </message>
    <message>
        <source>No-show</source>
        <translation>노쇼</translation>
    </message>
    <message>
        <source>Completed</source>
        <translation>완료</translation>
    </message>
    <message>
        <source>Stock being reserved</source>
        <translation>재고 확인 중</translation>
    </message>
    <message>
        <source>Order placed</source>
        <translation>주문 접수</translation>
    </message>
    <message>
        <source>In fulfilment</source>
        <translation>이행 중</translation>
    </message>
    <message>
        <source>Created</source>
        <translation>생성</translation>
    </message>
    <message>
        <source>In progress</source>
        <translation>처리 중</translation>
    </message>
    <message>
        <source>Released</source>
        <translation>해제</translation>
    </message>
    <message>
        <source>Mon</source>
        <translation>월</translation>
    </message>
    <message>
        <source>Tue</source>
        <translation>화</translation>
    </message>
    <message>
        <source>Wed</source>
        <translation>수</translation>
    </message>
    <message>
        <source>Thu</source>
        <translation>목</translation>
    </message>
    <message>
        <source>Fri</source>
        <translation>금</translation>
    </message>
    <message>
        <source>Sat</source>
        <translation>토</translation>
    </message>
    <message>
        <source>Sun</source>
        <translation>일</translation>
    </message>
    <message>
        <source>Reservation</source>
        <translation>예약</translation>
    </message>
    <message>
        <source>Live sale</source>
        <translation>실시간 판매</translation>
    </message>
    <message>
        <source>Sold out</source>
        <translation>매진</translation>
    </message>
    <message>
        <source>Held by others</source>
        <translation>다른 고객 점유</translation>
    </message>
    <message>
        <source>Sales closed</source>
        <translation>판매 종료</translation>
    </message>
    <message>
        <source>Too late</source>
        <translation>마감 지남</translation>
    </message>
    <message>
        <source>Limit per person</source>
        <translation>1인 한도</translation>
    </message>
    <message>
        <source>Price changed</source>
        <translation>가격 변경</translation>
    </message>
    <message>
        <source>Part missing</source>
        <translation>일부 부족</translation>
    </message>
    <message>
        <source>Queue full</source>
        <translation>대기열 가득</translation>
    </message>
    <message>
        <source>Gave up</source>
        <translation>처리 포기</translation>
    </message>
    <message>
        <source>Offer another date, or raise the capacity.</source>
        <translation>다른 날짜를 안내하거나 정원을 늘려 주세요.</translation>
    </message>
    <message>
        <source>Try again when the first hold ends.</source>
        <translation>가장 먼저 끝나는 점유가 풀리면 다시 시도해 주세요.</translation>
    </message>
    <message>
        <source>Open the slot again to sell it.</source>
        <translation>판매하려면 회차를 다시 열어 주세요.</translation>
    </message>
    <message>
        <source>Choose a later start.</source>
        <translation>더 늦은 회차를 골라 주세요.</translation>
    </message>
    <message>
        <source>The customer already has as many as allowed.</source>
        <translation>고객이 이미 한도만큼 예약했습니다.</translation>
    </message>
    <message>
        <source>Ask again with the new price.</source>
        <translation>바뀐 가격으로 다시 요청해 주세요.</translation>
    </message>
    <message>
        <source>One piece has no room; nothing was booked.</source>
        <translation>한 구간에 자리가 없어 아무것도 예약하지 않았습니다.</translation>
    </message>
    <message>
        <source>Too many requests at once; ask again shortly.</source>
        <translation>요청이 한꺼번에 몰렸습니다. 잠시 후 다시 요청해 주세요.</translation>
    </message>
    <message>
        <source>The request waited too long; nothing was booked.</source>
        <translation>요청이 너무 오래 기다려 아무것도 예약하지 않았습니다.</translation>
    </message>
    <message>
        <source>Operations</source>
        <translation>운영 담당</translation>
    </message>
    <message>
        <source>Vendor manager</source>
        <translation>업체 관리자</translation>
    </message>
    <message>
        <source>Vendor member</source>
        <translation>업체 직원</translation>
    </message>
    <message>
        <source>Customer support</source>
        <translation>고객 지원</translation>
    </message>
    <message>
        <source>Administrator</source>
        <translation>관리자</translation>
    </message>
    <message>
        <source>Sales channel</source>
        <translation>판매 채널</translation>
    </message>
    <message>
        <source>Customer</source>
        <translation>고객</translation>
    </message>
    <message>
        <source>Vendor</source>
        <translation>입점 업체</translation>
    </message>
    <message>
        <source>System</source>
        <translation>시스템</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1초</translation>
    </message>
    <message>
        <source>%1 min</source>
        <translation>%1분</translation>
    </message>
    <message>
        <source>%1 h</source>
        <translation>%1시간</translation>
    </message>
    <message>
        <source>%1 d</source>
        <translation>%1일</translation>
    </message>
    <message>
        <source>%1 over</source>
        <translation>%1 지남</translation>
    </message>
    <message>
        <source>today %1</source>
        <translation>오늘 %1</translation>
    </message>
    <message>
        <source>tomorrow %1</source>
        <translation>내일 %1</translation>
    </message>
    <message>
        <source>yesterday %1</source>
        <translation>어제 %1</translation>
    </message>
    <message>
        <source>%1 · %2 left</source>
        <translation>%1 · %2 남음</translation>
    </message>
</context>
<context>
    <name>naru::ui::AccountChip</name>
    <message>
        <source>Account %1, %2</source>
        <translation>계정 %1, %2</translation>
    </message>
    <message>
        <source>%1 · %2 left</source>
        <translation>%1 · %2 남음</translation>
    </message>
</context>
<context>
    <name>naru::ui::AttentionView</name>
    <message>
        <source>%1 left</source>
        <translation>%1 남음</translation>
    </message>
    <message>
        <source>%1 late</source>
        <translation>%1 지남</translation>
    </message>
    <message>
        <source>to be accepted</source>
        <translation>수락 마감</translation>
    </message>
    <message>
        <source>to be shipped</source>
        <translation>발송 마감</translation>
    </message>
    <message>
        <source>hold ends</source>
        <translation>점유 만료</translation>
    </message>
    <message>
        <source>waits for review</source>
        <translation>검토 대기</translation>
    </message>
    <message>
        <source>low stock</source>
        <translation>재고 부족</translation>
    </message>
    <message>
        <source>wants to cancel</source>
        <translation>취소 요청</translation>
    </message>
</context>
<context>
    <name>naru::ui::BookingPane</name>
    <message>
        <source>Booking in detail</source>
        <translation>예약 상세</translation>
    </message>
    <message>
        <source>Choose a booking to see it here.</source>
        <translation>예약을 선택하면 여기에 표시합니다.</translation>
    </message>
    <message>
        <source>Cancellation policy, as bought</source>
        <translation>구매 시점의 취소 규정</translation>
    </message>
    <message>
        <source>Payments</source>
        <translation>결제</translation>
    </message>
    <message>
        <source>History</source>
        <translation>이력</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>다시 시도</translation>
    </message>
    <message>
        <source>Check in</source>
        <translation>체크인</translation>
    </message>
    <message>
        <source>Move</source>
        <translation>옮기기</translation>
    </message>
    <message>
        <source>Decline</source>
        <translation>거절</translation>
    </message>
    <message>
        <source>No-show</source>
        <translation>노쇼</translation>
    </message>
    <message>
        <source>Undo check-in</source>
        <translation>체크인 되돌리기</translation>
    </message>
    <message>
        <source>no-show costs %1</source>
        <translation>노쇼 위약금 %1</translation>
    </message>
    <message>
        <source>%1, revision %2</source>
        <translation>%1, %2차 개정</translation>
    </message>
    <message>
        <source>Reading the booking …</source>
        <translation>예약을 읽는 중…</translation>
    </message>
    <message numerus="yes">
        <source>%1 · %n seat(s) · %2</source>
        <translation>
            <numerusform>%1 · %n명 · %2</numerusform>
        </translation>
    </message>
    <message>
        <source>booked %1</source>
        <translation>%1 예약</translation>
    </message>
    <message>
        <source>Reason: %1</source>
        <translation>사유: %1</translation>
    </message>
    <message>
        <source>slot closed</source>
        <translation>회차 마감</translation>
    </message>
    <message>
        <source>%1 × %2</source>
        <translation>%1 × %2</translation>
    </message>
    <message>
        <source>%1 given back</source>
        <translation>%1 환불됨</translation>
    </message>
    <message>
        <source>Nothing was paid here: nothing to refund.</source>
        <translation>여기서 받은 결제가 없어 환불할 것이 없습니다.</translation>
    </message>
    <message>
        <source>Refund %1 · %2</source>
        <translation>환불 %1 · %2</translation>
    </message>
    <message>
        <source>Now %1 would come back</source>
        <translation>지금 취소하면 %1 환불</translation>
    </message>
    <message>
        <source>Nothing to refund</source>
        <translation>환불할 것 없음</translation>
    </message>
    <message>
        <source>Needs the server, which cannot be reached now.</source>
        <translation>서버가 필요하지만 지금 연결할 수 없습니다.</translation>
    </message>
    <message>
        <source>Grant cancellation</source>
        <translation>취소 승인</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>취소</translation>
    </message>
    <message>
        <source>Grant the cancellation</source>
        <translation>취소 요청 승인</translation>
    </message>
    <message>
        <source>Cancel the reservation</source>
        <translation>예약 취소</translation>
    </message>
    <message>
        <source>Mark as no-show? By the policy it costs %1.</source>
        <translation>노쇼로 처리할까요? 규정에 따른 위약금은 %1입니다.</translation>
    </message>
    <message>
        <source>Mark as no-show?</source>
        <translation>노쇼로 처리할까요?</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>사유</translation>
    </message>
    <message>
        <source>Optional, recorded</source>
        <translation>선택 사항, 기록됨</translation>
    </message>
    <message>
        <source>Mark as no-show</source>
        <translation>노쇼 처리</translation>
    </message>
    <message>
        <source>Decline the cancellation? The reservation stays as it is.</source>
        <translation>취소 요청을 거절할까요? 예약은 그대로 유지됩니다.</translation>
    </message>
    <message>
        <source>Reason, shown to the customer</source>
        <translation>사유 (고객에게 표시)</translation>
    </message>
    <message>
        <source>Undo the check-in?</source>
        <translation>체크인을 되돌릴까요?</translation>
    </message>
</context>
<context>
    <name>naru::ui::BookingsPage</name>
    <message>
        <source>Bookings</source>
        <translation>예약</translation>
    </message>
    <message>
        <source>Code or customer</source>
        <translation>예약 번호 또는 고객</translation>
    </message>
    <message>
        <source>Find bookings</source>
        <translation>예약 찾기</translation>
    </message>
    <message>
        <source>All</source>
        <translation>전체</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>유효</translation>
    </message>
    <message>
        <source>Asked to cancel</source>
        <translation>취소 요청</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>취소·노쇼</translation>
    </message>
    <message>
        <source>Which bookings</source>
        <translation>표시할 예약</translation>
    </message>
    <message>
        <source>Show all slots</source>
        <translation>모든 회차 보기</translation>
    </message>
    <message numerus="yes">
        <source>%n shown</source>
        <translation>
            <numerusform>%n건 표시</numerusform>
        </translation>
    </message>
    <message>
        <source>, more below</source>
        <translation>, 아래에 더 있음</translation>
    </message>
    <message>
        <source>Not up to date: %1</source>
        <translation>최신이 아닙니다: %1</translation>
    </message>
    <message>
        <source>No booking fits.</source>
        <translation>조건에 맞는 예약이 없습니다.</translation>
    </message>
    <message>
        <source>Nothing is booked yet.</source>
        <translation>아직 예약이 없습니다.</translation>
    </message>
    <message>
        <source>Show all bookings</source>
        <translation>모든 예약 보기</translation>
    </message>
    <message>
        <source>Open the chosen booking</source>
        <translation>선택한 예약 열기</translation>
    </message>
    <message>
        <source>Cancel the booking, or grant its cancellation</source>
        <translation>예약 취소 또는 취소 요청 승인</translation>
    </message>
    <message>
        <source>Move the booking to another slot</source>
        <translation>예약을 다른 회차로 옮기기</translation>
    </message>
    <message>
        <source>Check the booking in</source>
        <translation>예약 체크인</translation>
    </message>
    <message>
        <source>Mark the booking as no-show</source>
        <translation>예약을 노쇼로 처리</translation>
    </message>
    <message>
        <source>Decline the wish to cancel</source>
        <translation>취소 요청 거절</translation>
    </message>
    <message>
        <source>Undo the check-in</source>
        <translation>체크인 되돌리기</translation>
    </message>
    <message>
        <source>Read the bookings again</source>
        <translation>예약 목록 다시 읽기</translation>
    </message>
</context>
<context>
    <name>naru::ui::CancelSheet</name>
    <message>
        <source>Reason (recorded)</source>
        <translation>사유 (기록됨)</translation>
    </message>
    <message>
        <source>Reason for the cancellation</source>
        <translation>취소 사유</translation>
    </message>
    <message>
        <source>Refund another amount (empty: by the policy)</source>
        <translation>다른 금액 환불 (비우면 규정대로)</translation>
    </message>
    <message>
        <source>Refund another amount</source>
        <translation>다른 금액 환불</translation>
    </message>
    <message>
        <source>Ask for more than the policy gives; a person decides</source>
        <translation>규정보다 많은 환불 요청 (담당자가 결정)</translation>
    </message>
    <message>
        <source>Keep it</source>
        <translation>유지</translation>
    </message>
    <message>
        <source>Keep the reservation</source>
        <translation>예약 유지</translation>
    </message>
    <message numerus="yes">
        <source>%n waiting, but nobody&apos;s party fits; the seats are on sale again</source>
        <translation>
            <numerusform>대기 %n건이 있지만 맞는 일행이 없어 다시 판매됩니다</numerusform>
        </translation>
    </message>
    <message>
        <source>Grant the cancellation of %1?</source>
        <translation>%1의 취소 요청을 승인할까요?</translation>
    </message>
    <message>
        <source>Cancel %1?</source>
        <translation>%1 예약을 취소할까요?</translation>
    </message>
    <message>
        <source>Grant it</source>
        <translation>승인</translation>
    </message>
    <message>
        <source>Cancel the reservation</source>
        <translation>예약 취소</translation>
    </message>
    <message>
        <source>Working out what comes back …</source>
        <translation>환불 금액을 계산하는 중…</translation>
    </message>
    <message>
        <source>The first piece has begun: a person decides, the reservation waits until then.</source>
        <translation>이미 시작된 예약입니다. 담당자가 결정할 때까지 예약은 기다립니다.</translation>
    </message>
    <message>
        <source>The refund changed while you looked: it was %1. Please look again.</source>
        <translation>보는 사이에 환불액이 바뀌었습니다. 이전 금액은 %1였습니다. 다시 확인해 주세요.</translation>
    </message>
    <message>
        <source>Nothing to refund</source>
        <translation>환불할 것 없음</translation>
    </message>
    <message>
        <source>Nothing was paid here; the price was %1.</source>
        <translation>여기서 받은 결제가 없습니다. 가격은 %1였습니다.</translation>
    </message>
    <message>
        <source>Refund %1</source>
        <translation>환불 %1</translation>
    </message>
    <message>
        <source>Fee %1 of %2 paid (%3 comes back by the policy)</source>
        <translation>결제 %2 중 수수료 %1 (규정상 %3 환불)</translation>
    </message>
    <message>
        <source>More than was paid cannot be refunded.</source>
        <translation>결제한 금액보다 많이 환불할 수 없습니다.</translation>
    </message>
    <message>
        <source>Another amount needs a reason.</source>
        <translation>다른 금액을 환불하려면 사유가 필요합니다.</translation>
    </message>
    <message numerus="yes">
        <source>The seats are offered to the next in line, a party of %1 (%n waiting)</source>
        <translation>
            <numerusform>좌석은 다음 대기자 %1명 일행에게 제안됩니다 (대기 %n건)</numerusform>
        </translation>
    </message>
    <message>
        <source>Nobody waits; the seats are on sale again</source>
        <translation>대기자가 없어 좌석은 다시 판매됩니다</translation>
    </message>
</context>
<context>
    <name>naru::ui::CapacitySheet</name>
    <message>
        <source>Overbooking</source>
        <translation>초과 예약</translation>
    </message>
    <message>
        <source>Capacity</source>
        <translation>정원</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>판매 마감</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>판매 재개</translation>
    </message>
    <message>
        <source>What to change</source>
        <translation>바꿀 항목</translation>
    </message>
    <message>
        <source>Reason (recorded)</source>
        <translation>사유 (기록됨)</translation>
    </message>
    <message>
        <source>Reason for the change</source>
        <translation>변경 사유</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>변경</translation>
    </message>
    <message>
        <source>Change the slot</source>
        <translation>회차 변경</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>뒤로</translation>
    </message>
    <message>
        <source>Leave it as it is</source>
        <translation>그대로 두기</translation>
    </message>
    <message>
        <source>Change %1</source>
        <translation>%1 변경</translation>
    </message>
    <message>
        <source>Sell above capacity by</source>
        <translation>정원 초과 판매</translation>
    </message>
    <message>
        <source>Seats</source>
        <translation>좌석 수</translation>
    </message>
    <message>
        <source>Reading the figures …</source>
        <translation>숫자를 읽는 중…</translation>
    </message>
    <message>
        <source>%1 seats and %2 above: %3 can be sold; %4 are sold, %5 held.</source>
        <translation>정원 %1 + 초과 %2: %3석까지 판매합니다. 지금 판매 %4, 점유 %5.</translation>
    </message>
    <message>
        <source>%1 seats now, %2 afterwards; %3 are sold, %4 held.</source>
        <translation>지금 %1석, 변경 후 %2석. 판매 %3, 점유 %4.</translation>
    </message>
    <message>
        <source>More is sold than would be left: you will be asked what to do.</source>
        <translation>남는 자리보다 많이 판매되었습니다. 어떻게 할지 묻습니다.</translation>
    </message>
    <message>
        <source>Nothing more is sold; %1 sold and %2 held seats stay.</source>
        <translation>더 판매하지 않습니다. 판매 %1석과 점유 %2석은 유지됩니다.</translation>
    </message>
    <message>
        <source>The slot is sold again: %1 seats are free.</source>
        <translation>다시 판매합니다. 남은 자리는 %1석입니다.</translation>
    </message>
    <message>
        <source>A change needs a reason.</source>
        <translation>변경에는 사유가 필요합니다.</translation>
    </message>
    <message>
        <source>Please enter a number of seats.</source>
        <translation>좌석 수를 입력해 주세요.</translation>
    </message>
    <message numerus="yes">
        <source>Changed %1; %n reservation(s) cancelled.</source>
        <translation>
            <numerusform>%1 변경, 예약 %n건 취소.</numerusform>
        </translation>
    </message>
    <message>
        <source>Changed %1.</source>
        <translation>%1 변경됨.</translation>
    </message>
    <message numerus="yes">
        <source>%n sold seat(s) would have no place. Who is affected:</source>
        <translation>
            <numerusform>판매된 %n석의 자리가 없어집니다. 해당 고객:</numerusform>
        </translation>
    </message>
    <message>
        <source>Cancel %1</source>
        <translation>%1 취소</translation>
    </message>
    <message>
        <source>Tick the reservations to cancel first.</source>
        <translation>취소할 예약을 먼저 선택해 주세요.</translation>
    </message>
</context>
<context>
    <name>naru::ui::CommandPalette</name>
    <message>
        <source>Go to an order, product or reservation</source>
        <translation>주문, 상품, 예약으로 이동</translation>
    </message>
    <message>
        <source>Find a command or a record</source>
        <translation>명령이나 기록 찾기</translation>
    </message>
    <message>
        <source>Commands and records found</source>
        <translation>찾은 명령과 기록</translation>
    </message>
    <message>
        <source>Type a code, a name or a title.</source>
        <translation>번호, 이름, 제목을 입력하세요.</translation>
    </message>
    <message>
        <source>Nothing fits “%1”.</source>
        <translation>‘%1’에 맞는 것이 없습니다.</translation>
    </message>
    <message>
        <source>↑ ↓ choose · Enter run · Esc close</source>
        <translation>↑ ↓ 선택 · Enter 실행 · Esc 닫기</translation>
    </message>
</context>
<context>
    <name>naru::ui::ConnectionLight</name>
    <message>
        <source>Live</source>
        <translation>실시간</translation>
    </message>
    <message>
        <source>Live %1 ms</source>
        <translation>실시간 %1 ms</translation>
    </message>
    <message>
        <source>Connecting…</source>
        <translation>연결 중…</translation>
    </message>
    <message numerus="yes">
        <source>Connection lost · retrying in %n s</source>
        <translation>
            <numerusform>연결 끊김 · %n초 뒤 다시 연결</numerusform>
        </translation>
    </message>
    <message>
        <source>Connection lost · retrying</source>
        <translation>연결 끊김 · 다시 연결하는 중</translation>
    </message>
    <message>
        <source>Press to connect now</source>
        <translation>누르면 지금 연결합니다</translation>
    </message>
</context>
<context>
    <name>naru::ui::DayHeader</name>
    <message>
        <source>stays</source>
        <translation>숙박</translation>
    </message>
</context>
<context>
    <name>naru::ui::DoctorCard</name>
    <message>
        <source>no differences</source>
        <translation>차이 0건</translation>
    </message>
    <message numerus="yes">
        <source>%n item(s) differ</source>
        <translation>
            <numerusform>차이 %n건</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 items agree with their rows, checked at %2.</source>
        <translation>%1개 품목이 원장과 일치 · %2 확인</translation>
    </message>
    <message>
        <source>not checked</source>
        <translation>확인 안 됨</translation>
    </message>
    <message>
        <source>checking</source>
        <translation>확인 중</translation>
    </message>
    <message>
        <source>The figures are being compared with their rows …</source>
        <translation>숫자를 원장과 대조하는 중…</translation>
    </message>
    <message>
        <source>Stock check</source>
        <translation>재고 점검</translation>
    </message>
    <message>
        <source>Items that differ</source>
        <translation>차이가 있는 품목</translation>
    </message>
    <message>
        <source>Explain the figure</source>
        <translation>숫자의 근거 보기</translation>
    </message>
    <message>
        <source>Explain the figure of the chosen slot</source>
        <translation>선택한 회차의 숫자 근거 보기</translation>
    </message>
    <message>
        <source>Check again</source>
        <translation>다시 점검</translation>
    </message>
</context>
<context>
    <name>naru::ui::HoldsCard</name>
    <message>
        <source>Extend T</source>
        <translation>연장 T</translation>
    </message>
    <message>
        <source>Release R</source>
        <translation>해제 R</translation>
    </message>
    <message>
        <source>%1, %2 left</source>
        <translation>%1, %2 남음</translation>
    </message>
    <message>
        <source>Released: %1</source>
        <translation>해제함: %1</translation>
    </message>
    <message>
        <source>Extended by %1: %2</source>
        <translation>%1 연장함: %2</translation>
    </message>
    <message>
        <source>Extend</source>
        <translation>연장</translation>
    </message>
    <message>
        <source>Release</source>
        <translation>해제</translation>
    </message>
    <message>
        <source>Extend hold</source>
        <translation>점유 연장</translation>
    </message>
    <message>
        <source>Release hold</source>
        <translation>점유 해제</translation>
    </message>
    <message>
        <source>Confirm release</source>
        <translation>해제 확인</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>그대로 두기</translation>
    </message>
    <message>
        <source>Keep hold</source>
        <translation>점유 그대로 두기</translation>
    </message>
    <message>
        <source>Reason for the release</source>
        <translation>해제 사유</translation>
    </message>
    <message>
        <source>Reason (recorded)</source>
        <translation>사유 (기록됨)</translation>
    </message>
    <message>
        <source>Open holds</source>
        <translation>열린 점유</translation>
    </message>
    <message numerus="yes">
        <source>%n hold(s), soonest end first</source>
        <translation>
            <numerusform>%n건 · 먼저 끝나는 순</numerusform>
        </translation>
    </message>
    <message>
        <source>Nobody holds a place at this moment.</source>
        <translation>지금 점유 중인 자리가 없습니다.</translation>
    </message>
    <message>
        <source>This hold ended by itself.</source>
        <translation>이 점유는 스스로 끝났습니다.</translation>
    </message>
    <message>
        <source>Needs the server, which cannot be reached now.</source>
        <translation>서버가 필요한데 지금 연결되지 않습니다.</translation>
    </message>
    <message>
        <source>Select a hold first.</source>
        <translation>먼저 점유를 고르세요.</translation>
    </message>
    <message>
        <source>This hold has reached its longest time.</source>
        <translation>더 늘릴 수 없는 점유입니다.</translation>
    </message>
    <message>
        <source>Release %1?</source>
        <translation>%1 점유를 해제할까요?</translation>
    </message>
    <message>
        <source>Released by staff</source>
        <translation>운영 담당이 해제</translation>
    </message>
    <message>
        <source>A release needs a reason.</source>
        <translation>해제하려면 사유가 필요합니다.</translation>
    </message>
    <message>
        <source>%1 × %2</source>
        <translation>%1 · %2명</translation>
    </message>
</context>
<context>
    <name>naru::ui::HomePage</name>
    <message>
        <source>Home</source>
        <translation>홈</translation>
    </message>
    <message>
        <source>Nothing waits for you</source>
        <translation>기다리는 일이 없습니다</translation>
    </message>
    <message numerus="yes">
        <source>%n thing(s) wait for you</source>
        <translation>
            <numerusform>기다리는 일 %n건</numerusform>
        </translation>
    </message>
    <message>
        <source>Today</source>
        <translation>오늘</translation>
    </message>
    <message>
        <source>Needs me now</source>
        <translation>지금 필요한 일</translation>
    </message>
    <message>
        <source>Orders</source>
        <translation>주문</translation>
    </message>
    <message>
        <source>Revenue</source>
        <translation>매출</translation>
    </message>
    <message>
        <source>Reservations</source>
        <translation>예약</translation>
    </message>
    <message>
        <source>Open holds</source>
        <translation>열린 점유</translation>
    </message>
    <message>
        <source>Waiting for acceptance</source>
        <translation>접수 대기</translation>
    </message>
    <message>
        <source>Products on sale</source>
        <translation>판매 중 상품</translation>
    </message>
    <message>
        <source>Orders by hour</source>
        <translation>시간별 주문</translation>
    </message>
    <message>
        <source>today</source>
        <translation>오늘</translation>
    </message>
    <message>
        <source>30 days</source>
        <translation>30일</translation>
    </message>
    <message>
        <source>Occupancy</source>
        <translation>예약률</translation>
    </message>
    <message>
        <source>next 14 days</source>
        <translation>앞으로 14일</translation>
    </message>
    <message>
        <source>Read again</source>
        <translation>다시 읽기</translation>
    </message>
    <message>
        <source>Figures of %1. %2</source>
        <translation>%1 기준 값입니다. %2</translation>
    </message>
    <message>
        <source>Figures of %1, being read again</source>
        <translation>%1 기준 값, 다시 읽는 중</translation>
    </message>
    <message>
        <source>the %1 most urgent of %2</source>
        <translation>급한 순 %1건 / 전체 %2건</translation>
    </message>
    <message>
        <source>Nothing waits for you.</source>
        <translation>기다리는 일이 없습니다.</translation>
    </message>
    <message>
        <source>yesterday by now %1</source>
        <translation>어제 이 시각 %1</translation>
    </message>
    <message>
        <source>yesterday by now %1 (%2%3%)</source>
        <translation>어제 이 시각 %1 (%2%3%)</translation>
    </message>
    <message>
        <source>confirmed today</source>
        <translation>오늘 확정</translation>
    </message>
    <message>
        <source>places held just now</source>
        <translation>지금 점유 중인 자리</translation>
    </message>
    <message>
        <source>orders a vendor has not accepted</source>
        <translation>업체가 아직 수락하지 않은 주문</translation>
    </message>
    <message>
        <source>all accepted</source>
        <translation>모두 수락됨</translation>
    </message>
    <message>
        <source>active in the catalogue</source>
        <translation>카탈로그에서 판매 중</translation>
    </message>
    <message>
        <source>%1:00</source>
        <translation>%1시</translation>
    </message>
    <message numerus="yes">
        <source>%n order(s)</source>
        <translation>
            <numerusform>%n건</numerusform>
        </translation>
    </message>
    <message>
        <source>No orders today yet.</source>
        <translation>오늘은 아직 주문이 없습니다.</translation>
    </message>
    <message>
        <source>No revenue in 30 days.</source>
        <translation>30일 동안 매출이 없습니다.</translation>
    </message>
    <message>
        <source>No slots in the next 14 days.</source>
        <translation>앞으로 14일 동안 회차가 없습니다.</translation>
    </message>
    <message>
        <source>Open: %1</source>
        <translation>열기: %1</translation>
    </message>
    <message>
        <source>Read the figures again</source>
        <translation>값 다시 읽기</translation>
    </message>
</context>
<context>
    <name>naru::ui::InlineSheet</name>
    <message>
        <source>Back</source>
        <translation>뒤로</translation>
    </message>
    <message>
        <source>Please fill in “%1”.</source>
        <translation>‘%1’을(를) 입력하세요.</translation>
    </message>
</context>
<context>
    <name>naru::ui::KeySheet</name>
    <message>
        <source>Everywhere</source>
        <translation>모든 화면</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>단축키</translation>
    </message>
</context>
<context>
    <name>naru::ui::LedgerCard</name>
    <message>
        <source>seats %1</source>
        <translation>정원 %1</translation>
    </message>
    <message>
        <source>sold %1</source>
        <translation>판매 %1</translation>
    </message>
    <message>
        <source>held %1</source>
        <translation>점유 %1</translation>
    </message>
    <message>
        <source>Why this figure</source>
        <translation>숫자의 근거</translation>
    </message>
    <message>
        <source>No row has been booked for it yet.</source>
        <translation>아직 원장에 기록이 없습니다.</translation>
    </message>
    <message>
        <source>By its rows: %1 seats, %2 sold, %3 held. Columns: seats / sold / held after each row.</source>
        <translation>원장 기준 정원 %1, 판매 %2, 점유 %3. 오른쪽 숫자: 각 행 이후의 정원 / 판매 / 점유.</translation>
    </message>
    <message>
        <source>%1. The figure says %2 / %3 / %4; a repair would make it %5 / %6 / %7.</source>
        <translation>%1. 지금 숫자는 %2 / %3 / %4이고, 복구하면 %5 / %6 / %7이 됩니다.</translation>
    </message>
    <message>
        <source>More is promised than there is: count the seats, or raise the overbooking first.</source>
        <translation>있는 것보다 많이 약속되었습니다. 먼저 좌석을 세거나 초과 예약을 늘려 주세요.</translation>
    </message>
    <message>
        <source>A repair needs a reason.</source>
        <translation>복구에는 사유가 필요합니다.</translation>
    </message>
    <message>
        <source>Repaired: %1 seats, %2 sold, %3 held.</source>
        <translation>복구됨: 정원 %1, 판매 %2, 점유 %3.</translation>
    </message>
    <message>
        <source>Older rows</source>
        <translation>이전 기록</translation>
    </message>
    <message>
        <source>Repair</source>
        <translation>복구</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>닫기</translation>
    </message>
    <message>
        <source>Repair the figure</source>
        <translation>숫자 복구</translation>
    </message>
    <message>
        <source>Book the repair</source>
        <translation>복구 기록</translation>
    </message>
    <message>
        <source>Close the explanation</source>
        <translation>근거 닫기</translation>
    </message>
    <message>
        <source>Counted</source>
        <translation>센 수량</translation>
    </message>
    <message>
        <source>Seats as counted, if somebody counted</source>
        <translation>직접 센 수량 (센 경우)</translation>
    </message>
    <message>
        <source>Reason (recorded)</source>
        <translation>사유 (기록됨)</translation>
    </message>
    <message>
        <source>Reason for the repair</source>
        <translation>복구 사유</translation>
    </message>
    <message>
        <source>Ledger rows</source>
        <translation>원장 기록</translation>
    </message>
</context>
<context>
    <name>naru::ui::LifecycleTimeline</name>
    <message>
        <source>Life cycle</source>
        <translation>생애 주기</translation>
    </message>
    <message>
        <source>Now</source>
        <translation>지금</translation>
    </message>
</context>
<context>
    <name>naru::ui::MainWindow</name>
    <message>
        <source>%1 – Naru</source>
        <translation>%1 – 나루</translation>
    </message>
    <message>
        <source>There is no screen for this record yet.</source>
        <translation>이 기록을 보여 줄 화면이 아직 없습니다.</translation>
    </message>
    <message>
        <source>Naru</source>
        <translation>나루</translation>
    </message>
    <message>
        <source>You will be signed out in %1.</source>
        <translation>%1 뒤 자동으로 로그아웃됩니다.</translation>
    </message>
    <message>
        <source>Keep working</source>
        <translation>계속 사용</translation>
    </message>
    <message>
        <source>Sign out</source>
        <translation>로그아웃</translation>
    </message>
    <message>
        <source>The connection to the server is lost. You see what arrived last; changes need the connection.</source>
        <translation>서버와 연결이 끊겼습니다. 마지막으로 받은 내용을 보여 드리며, 변경은 다시 연결된 뒤에 할 수 있습니다.</translation>
    </message>
    <message>
        <source>Reconnect</source>
        <translation>다시 연결</translation>
    </message>
    <message>
        <source>Go to %1</source>
        <translation>%1 화면으로 이동</translation>
    </message>
    <message>
        <source>Find a command or a record</source>
        <translation>명령이나 기록 찾기</translation>
    </message>
    <message>
        <source>Go to a record</source>
        <translation>기록으로 이동</translation>
    </message>
    <message>
        <source>Search in this screen</source>
        <translation>이 화면에서 찾기</translation>
    </message>
    <message>
        <source>Show the keys</source>
        <translation>단축키 보기</translation>
    </message>
    <message>
        <source>Fold or unfold the rail</source>
        <translation>왼쪽 메뉴 접기·펴기</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>설정</translation>
    </message>
    <message>
        <source>Use the light theme</source>
        <translation>밝은 테마로</translation>
    </message>
    <message>
        <source>Use the dark theme</source>
        <translation>어두운 테마로</translation>
    </message>
    <message>
        <source>Connect to the server now</source>
        <translation>지금 서버에 연결</translation>
    </message>
</context>
<context>
    <name>naru::ui::MoveSheet</name>
    <message>
        <source>closed</source>
        <translation>마감</translation>
    </message>
    <message>
        <source>sold out</source>
        <translation>매진</translation>
    </message>
    <message>
        <source>%1 left</source>
        <translation>%1석 남음</translation>
    </message>
    <message>
        <source>Reason (recorded)</source>
        <translation>사유 (기록됨)</translation>
    </message>
    <message>
        <source>Reason for the move</source>
        <translation>옮기는 사유</translation>
    </message>
    <message>
        <source>Move it</source>
        <translation>옮기기</translation>
    </message>
    <message>
        <source>Move the reservation</source>
        <translation>예약 옮기기</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>뒤로</translation>
    </message>
    <message>
        <source>Leave it where it is</source>
        <translation>그대로 두기</translation>
    </message>
    <message>
        <source>Slots to move to</source>
        <translation>옮길 수 있는 회차</translation>
    </message>
    <message>
        <source>Which piece to move</source>
        <translation>옮길 부분</translation>
    </message>
    <message>
        <source>Move %1 to another slot. The old place is kept until the new one is sure.</source>
        <translation>%1 예약을 다른 회차로 옮깁니다. 새 자리가 확정될 때까지 지금 자리를 유지합니다.</translation>
    </message>
    <message>
        <source>Choose a slot.</source>
        <translation>회차를 선택해 주세요.</translation>
    </message>
    <message>
        <source>Asking for the price …</source>
        <translation>가격을 확인하는 중…</translation>
    </message>
    <message>
        <source>The price stays %1.</source>
        <translation>가격은 %1로 같습니다.</translation>
    </message>
    <message>
        <source>%1 instead of %2: %3 more.</source>
        <translation>%2에서 %1로 바뀝니다: %3 추가.</translation>
    </message>
    <message>
        <source>%1 instead of %2: %3 less.</source>
        <translation>%2에서 %1로 바뀝니다: %3 감소.</translation>
    </message>
    <message>
        <source>There is no other slot within two weeks.</source>
        <translation>앞뒤 2주 안에 다른 회차가 없습니다.</translation>
    </message>
    <message>
        <source>%1: %2 The old place is kept.</source>
        <translation>%1: %2 지금 자리는 유지됩니다.</translation>
    </message>
</context>
<context>
    <name>naru::ui::OccupancyView</name>
    <message>
        <source>closed</source>
        <translation>마감</translation>
    </message>
</context>
<context>
    <name>naru::ui::OccurrenceCalendar</name>
    <message>
        <source>No preview yet</source>
        <translation>미리보기 없음</translation>
    </message>
    <message>
        <source>Preview: %1</source>
        <translation>미리보기: %1</translation>
    </message>
    <message>
        <source>nothing changes</source>
        <translation>바뀌는 것 없음</translation>
    </message>
</context>
<context>
    <name>naru::ui::OrderBoardPage</name>
    <message>
        <source>Order board</source>
        <translation>주문 보드</translation>
    </message>
    <message>
        <source>%1 · by deadline</source>
        <translation>%1 · 마감순</translation>
    </message>
    <message>
        <source>All vendors · by deadline</source>
        <translation>전체 업체 · 마감순</translation>
    </message>
    <message>
        <source>Accept the chosen orders</source>
        <translation>고른 주문 수락</translation>
    </message>
    <message>
        <source>Move to the next state</source>
        <translation>다음 상태로 옮기기</translation>
    </message>
    <message>
        <source>Ship with tracking number</source>
        <translation>운송장 번호로 발송</translation>
    </message>
    <message>
        <source>Refuse with a reason</source>
        <translation>사유를 적고 거절</translation>
    </message>
    <message>
        <source>Pick or unpick the order</source>
        <translation>주문 선택·해제</translation>
    </message>
    <message>
        <source>Switch between board and table</source>
        <translation>보드와 표 전환</translation>
    </message>
    <message>
        <source>Let the new orders in</source>
        <translation>새 주문 들이기</translation>
    </message>
    <message>
        <source>Search orders</source>
        <translation>주문 찾기</translation>
    </message>
    <message>
        <source>No order matches “%1”.</source>
        <translation>‘%1’에 맞는 주문이 없습니다.</translation>
    </message>
    <message>
        <source>Clear the search</source>
        <translation>검색 지우기</translation>
    </message>
    <message>
        <source>No orders are open. New ones appear here by themselves.</source>
        <translation>열린 주문이 없습니다. 새 주문은 저절로 나타납니다.</translation>
    </message>
    <message numerus="yes">
        <source>%n new orders above</source>
        <translation>
            <numerusform>새 주문 %n건 위에</numerusform>
        </translation>
    </message>
    <message>
        <source>Search orders, items, customers</source>
        <translation>주문, 상품, 고객 찾기</translation>
    </message>
    <message>
        <source>Board</source>
        <translation>보드</translation>
    </message>
    <message>
        <source>Table V</source>
        <translation>표 V</translation>
    </message>
    <message>
        <source>Board or table</source>
        <translation>보드 또는 표</translation>
    </message>
</context>
<context>
    <name>naru::ui::OrderCardDelegate</name>
    <message>
        <source>Done</source>
        <translation>완료</translation>
    </message>
</context>
<context>
    <name>naru::ui::OrderDetailPane</name>
    <message>
        <source>Choose an order to see it here.</source>
        <translation>주문을 고르면 여기에 자세히 보입니다.</translation>
    </message>
    <message>
        <source>Vendor</source>
        <translation>입점 업체</translation>
    </message>
    <message>
        <source>Customer</source>
        <translation>고객</translation>
    </message>
    <message>
        <source>Shipping</source>
        <translation>배송</translation>
    </message>
    <message>
        <source>Placed</source>
        <translation>주문 시각</translation>
    </message>
    <message>
        <source>Authorised</source>
        <translation>승인</translation>
    </message>
    <message>
        <source>Captured</source>
        <translation>매입</translation>
    </message>
    <message>
        <source>History</source>
        <translation>기록</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>다시 시도</translation>
    </message>
    <message>
        <source>Order in detail</source>
        <translation>주문 상세</translation>
    </message>
    <message>
        <source>Accept by</source>
        <translation>수락 마감</translation>
    </message>
    <message>
        <source>Ship by</source>
        <translation>발송 마감</translation>
    </message>
    <message>
        <source>Item</source>
        <translation>품목</translation>
    </message>
    <message>
        <source>Quantity</source>
        <translation>수량</translation>
    </message>
    <message>
        <source>Amount</source>
        <translation>금액</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%2개 중 %1</translation>
    </message>
    <message numerus="yes">
        <source>Ship %n orders</source>
        <translation>
            <numerusform>주문 %n건 발송</numerusform>
        </translation>
    </message>
    <message>
        <source>Ship this order</source>
        <translation>이 주문 발송</translation>
    </message>
    <message>
        <source>Carrier</source>
        <translation>택배사</translation>
    </message>
    <message>
        <source>CJ, Hanjin, Korea Post …</source>
        <translation>CJ, 한진, 우체국 …</translation>
    </message>
    <message>
        <source>Tracking number</source>
        <translation>운송장 번호</translation>
    </message>
    <message numerus="yes">
        <source>Refuse %n orders</source>
        <translation>
            <numerusform>주문 %n건 거절</numerusform>
        </translation>
    </message>
    <message>
        <source>Refuse this order</source>
        <translation>이 주문 거절</translation>
    </message>
    <message numerus="yes">
        <source>Cancel %n orders</source>
        <translation>
            <numerusform>주문 %n건 취소</numerusform>
        </translation>
    </message>
    <message>
        <source>Cancel this order</source>
        <translation>이 주문 취소</translation>
    </message>
    <message>
        <source>Reason, shown to the customer</source>
        <translation>사유 (고객에게 보입니다)</translation>
    </message>
    <message>
        <source>Shipping fee</source>
        <translation>배송비</translation>
    </message>
</context>
<context>
    <name>naru::ui::OrderTableView</name>
    <message>
        <source>Orders as a table</source>
        <translation>주문 표</translation>
    </message>
</context>
<context>
    <name>naru::ui::OrderWords</name>
    <message numerus="yes">
        <source>%1 and %n more</source>
        <translation>
            <numerusform>%1 외 %n건</numerusform>
        </translation>
    </message>
    <message>
        <source>Code</source>
        <translation>코드</translation>
    </message>
    <message>
        <source>State</source>
        <translation>상태</translation>
    </message>
    <message>
        <source>Items</source>
        <translation>상품</translation>
    </message>
    <message>
        <source>Vendor</source>
        <translation>입점 업체</translation>
    </message>
    <message>
        <source>Customer</source>
        <translation>고객</translation>
    </message>
    <message>
        <source>Amount</source>
        <translation>금액</translation>
    </message>
    <message>
        <source>Deadline</source>
        <translation>마감</translation>
    </message>
    <message>
        <source>Shipping</source>
        <translation>배송</translation>
    </message>
    <message>
        <source>Changed</source>
        <translation>변경</translation>
    </message>
    <message>
        <source>Accept</source>
        <translation>수락</translation>
    </message>
    <message>
        <source>Start preparing</source>
        <translation>준비 시작</translation>
    </message>
    <message>
        <source>Ship a part</source>
        <translation>일부 발송</translation>
    </message>
    <message>
        <source>Ship</source>
        <translation>발송</translation>
    </message>
    <message>
        <source>Delivered</source>
        <translation>배송 완료</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>마감 처리</translation>
    </message>
    <message>
        <source>Refuse</source>
        <translation>거절</translation>
    </message>
    <message>
        <source>Cancel order</source>
        <translation>주문 취소</translation>
    </message>
    <message>
        <source>Awaiting acceptance</source>
        <translation>접수 대기</translation>
    </message>
    <message>
        <source>Accepted</source>
        <translation>수락</translation>
    </message>
    <message>
        <source>Preparing</source>
        <translation>준비 중</translation>
    </message>
    <message>
        <source>Shipped</source>
        <translation>발송</translation>
    </message>
    <message>
        <source>No orders wait to be accepted.</source>
        <translation>수락을 기다리는 주문이 없습니다.</translation>
    </message>
    <message>
        <source>Nothing accepted waits to be started.</source>
        <translation>준비를 기다리는 주문이 없습니다.</translation>
    </message>
    <message>
        <source>Nothing is being prepared.</source>
        <translation>준비 중인 주문이 없습니다.</translation>
    </message>
    <message>
        <source>Nothing is on its way.</source>
        <translation>배송 중인 주문이 없습니다.</translation>
    </message>
    <message>
        <source>Nothing was delivered lately.</source>
        <translation>최근 배송 완료된 주문이 없습니다.</translation>
    </message>
    <message>
        <source>%1 stays in “%2”. Moving it to “%3” was refused: %4</source>
        <translation>%1은(는) ‘%2’에 그대로 있습니다. ‘%3’(으)로 옮길 수 없습니다: %4</translation>
    </message>
</context>
<context>
    <name>naru::ui::ProductDetailPane</name>
    <message>
        <source>Product in detail</source>
        <translation>상품 상세</translation>
    </message>
    <message>
        <source>Life cycle</source>
        <translation>생애 주기</translation>
    </message>
    <message>
        <source>Choose a product to see it here.</source>
        <translation>상품을 고르면 여기에 자세히 보입니다.</translation>
    </message>
    <message numerus="yes">
        <source>%n options</source>
        <translation>
            <numerusform>옵션 %n</numerusform>
        </translation>
    </message>
    <message>
        <source>Before: %1</source>
        <translation>변경 전: %1</translation>
    </message>
    <message>
        <source>%1: why?</source>
        <translation>%1 사유</translation>
    </message>
    <message>
        <source>Reason, kept in the history</source>
        <translation>사유 (기록에 남습니다)</translation>
    </message>
</context>
<context>
    <name>naru::ui::ProductTableView</name>
    <message>
        <source>Products</source>
        <translation>상품</translation>
    </message>
</context>
<context>
    <name>naru::ui::ProductWords</name>
    <message>
        <source>Code</source>
        <translation>코드</translation>
    </message>
    <message>
        <source>Product</source>
        <translation>상품</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>종류</translation>
    </message>
    <message>
        <source>State</source>
        <translation>상태</translation>
    </message>
    <message>
        <source>Vendor</source>
        <translation>입점 업체</translation>
    </message>
    <message>
        <source>Price</source>
        <translation>판매가</translation>
    </message>
    <message>
        <source>Stock</source>
        <translation>재고</translation>
    </message>
    <message>
        <source>Sale</source>
        <translation>세일</translation>
    </message>
    <message>
        <source>Changed</source>
        <translation>변경</translation>
    </message>
    <message>
        <source>On sale</source>
        <translation>세일</translation>
    </message>
    <message>
        <source>Option</source>
        <translation>옵션</translation>
    </message>
    <message>
        <source>SKU</source>
        <translation>SKU</translation>
    </message>
    <message>
        <source>Allocated</source>
        <translation>할당</translation>
    </message>
    <message>
        <source>Held</source>
        <translation>점유</translation>
    </message>
    <message>
        <source>Safety</source>
        <translation>안전</translation>
    </message>
    <message>
        <source>List price</source>
        <translation>정가</translation>
    </message>
    <message>
        <source>Sold</source>
        <translation>판매</translation>
    </message>
    <message>
        <source>One option</source>
        <translation>단일 옵션</translation>
    </message>
    <message>
        <source>%1 free, %2 allocated, %3 held</source>
        <translation>여유 %1, 할당 %2, 점유 %3</translation>
    </message>
    <message>
        <source>No price</source>
        <translation>가격 없음</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>중지</translation>
    </message>
    <message>
        <source>Sold out</source>
        <translation>품절</translation>
    </message>
    <message>
        <source>Selling</source>
        <translation>판매</translation>
    </message>
    <message>
        <source>Back to draft</source>
        <translation>초안으로</translation>
    </message>
    <message>
        <source>Submit for review</source>
        <translation>검토 요청</translation>
    </message>
    <message>
        <source>Reject</source>
        <translation>반려</translation>
    </message>
    <message>
        <source>Bring back</source>
        <translation>되살리기</translation>
    </message>
    <message>
        <source>Approve</source>
        <translation>승인</translation>
    </message>
    <message>
        <source>Schedule</source>
        <translation>예약</translation>
    </message>
    <message>
        <source>Resume sale</source>
        <translation>판매 재개</translation>
    </message>
    <message>
        <source>Start sale</source>
        <translation>판매 시작</translation>
    </message>
    <message>
        <source>Pause sale</source>
        <translation>일시 중지</translation>
    </message>
    <message>
        <source>Discontinue</source>
        <translation>단종</translation>
    </message>
    <message>
        <source>Archive</source>
        <translation>보관</translation>
    </message>
    <message>
        <source>Name (Korean)</source>
        <translation>상품명 (한국어)</translation>
    </message>
    <message>
        <source>Name (English)</source>
        <translation>상품명 (영어)</translation>
    </message>
    <message>
        <source>Brand</source>
        <translation>브랜드</translation>
    </message>
    <message>
        <source>Yes</source>
        <translation>예</translation>
    </message>
    <message>
        <source>No</source>
        <translation>아니요</translation>
    </message>
    <message>
        <source>This is not an amount. Type 42900, +10% or -500.</source>
        <translation>금액이 아닙니다. 42900, +10%, -500처럼 입력하세요.</translation>
    </message>
    <message>
        <source>The amount must be more than 0.</source>
        <translation>0보다 큰 금액이어야 합니다.</translation>
    </message>
    <message>
        <source>The list price must not be below the price.</source>
        <translation>정가는 판매가보다 낮을 수 없습니다.</translation>
    </message>
    <message>
        <source>The name must not be empty.</source>
        <translation>이름은 비울 수 없습니다.</translation>
    </message>
    <message>
        <source>So many are allocated or held already.</source>
        <translation>이미 할당되거나 점유된 수량보다 적습니다.</translation>
    </message>
    <message>
        <source>Free / taken</source>
        <translation>여유 / 사용</translation>
    </message>
</context>
<context>
    <name>naru::ui::ProductsPage</name>
    <message numerus="yes">
        <source>%n changes committed.</source>
        <translation>
            <numerusform>변경 %n건을 적용했습니다.</numerusform>
        </translation>
    </message>
    <message>
        <source>The product stays as it was. Moving it to “%1” was refused: %2</source>
        <translation>상품은 그대로입니다. ‘%1’(으)로 옮길 수 없습니다: %2</translation>
    </message>
    <message>
        <source>Edit product</source>
        <translation>상품 편집</translation>
    </message>
    <message>
        <source>Products</source>
        <translation>상품</translation>
    </message>
    <message>
        <source>Open the product alone</source>
        <translation>상품만 펼쳐 보기</translation>
    </message>
    <message>
        <source>Edit prices and stock</source>
        <translation>가격·재고 편집</translation>
    </message>
    <message>
        <source>Commit all changes</source>
        <translation>변경 모두 적용</translation>
    </message>
    <message>
        <source>Discard all changes</source>
        <translation>변경 모두 버리기</translation>
    </message>
    <message>
        <source>Search products</source>
        <translation>상품 찾기</translation>
    </message>
    <message>
        <source>No product matches this filter.</source>
        <translation>이 조건에 맞는 상품이 없습니다.</translation>
    </message>
    <message>
        <source>Clear the filter</source>
        <translation>조건 지우기</translation>
    </message>
    <message>
        <source>There are no products yet.</source>
        <translation>아직 상품이 없습니다.</translation>
    </message>
    <message>
        <source>%1 products</source>
        <translation>%1개</translation>
    </message>
    <message numerus="yes">
        <source>%n new products</source>
        <translation>
            <numerusform>새 상품 %n개</numerusform>
        </translation>
    </message>
    <message>
        <source>All states</source>
        <translation>모든 상태</translation>
    </message>
    <message>
        <source>Search code, name, SKU</source>
        <translation>코드, 이름, SKU 찾기</translation>
    </message>
    <message>
        <source>All</source>
        <translation>전체</translation>
    </message>
    <message>
        <source>Sale goods</source>
        <translation>판매</translation>
    </message>
    <message>
        <source>Reservations</source>
        <translation>예약</translation>
    </message>
    <message>
        <source>Kind of product</source>
        <translation>상품 종류</translation>
    </message>
    <message>
        <source>State of the product</source>
        <translation>상품 상태</translation>
    </message>
    <message>
        <source>Back to the list</source>
        <translation>목록으로</translation>
    </message>
</context>
<context>
    <name>naru::ui::QueueCard</name>
    <message>
        <source>Arrivals</source>
        <translation>도착</translation>
    </message>
    <message>
        <source>Decisions</source>
        <translation>결정</translation>
    </message>
    <message>
        <source>Queue</source>
        <translation>대기열</translation>
    </message>
    <message>
        <source>p95</source>
        <translation>p95</translation>
    </message>
    <message>
        <source>Reservation queue</source>
        <translation>예약 대기열</translation>
    </message>
    <message>
        <source>Decisions per second, last half hour</source>
        <translation>초당 결정 수, 최근 30분</translation>
    </message>
    <message>
        <source>The queue&apos;s figures do not answer; these are the last known.</source>
        <translation>대기열 값이 응답하지 않습니다. 마지막으로 안 값입니다.</translation>
    </message>
    <message>
        <source>%1/s</source>
        <translation>%1/s</translation>
    </message>
    <message>
        <source>/s</source>
        <translation>/s</translation>
    </message>
    <message>
        <source>ms</source>
        <translation>ms</translation>
    </message>
    <message>
        <source>Half of the requests wait less than %1 ms.</source>
        <translation>요청의 절반은 %1 ms보다 짧게 기다립니다.</translation>
    </message>
</context>
<context>
    <name>naru::ui::Rail</name>
    <message>
        <source>Naru</source>
        <translation>나루 Naru</translation>
    </message>
    <message>
        <source>Fold or unfold the rail</source>
        <translation>왼쪽 메뉴 접기·펴기</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>설정</translation>
    </message>
</context>
<context>
    <name>naru::ui::ReservationMonitorPage</name>
    <message>
        <source>today %1 confirmed · %2 cancelled</source>
        <translation>오늘 %1건 · 취소 %2건</translation>
    </message>
    <message>
        <source>Find product or start time</source>
        <translation>상품, 회차 찾기</translation>
    </message>
    <message>
        <source>Filter the calendar</source>
        <translation>예약 현황 거르기</translation>
    </message>
    <message>
        <source>Occupancy</source>
        <translation>예약 현황</translation>
    </message>
    <message>
        <source>sold + held / capacity · stripes: overbooking allowed</source>
        <translation>판매 + 점유 / 정원 · 사선은 초과 예약 허용</translation>
    </message>
    <message>
        <source>Occupancy calendar</source>
        <translation>예약 현황표</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>오늘</translation>
    </message>
    <message>
        <source>Show from today</source>
        <translation>오늘부터 보기</translation>
    </message>
    <message>
        <source>%1/%2 – %3/%4</source>
        <translation>%1월 %2일 – %3월 %4일</translation>
    </message>
    <message>
        <source>Days from %1 to %2</source>
        <translation>%1부터 %2까지</translation>
    </message>
    <message>
        <source>No product or start time matches “%1”.</source>
        <translation>“%1”에 맞는 상품이나 회차가 없습니다.</translation>
    </message>
    <message>
        <source>Clear the search</source>
        <translation>검색 지우기</translation>
    </message>
    <message>
        <source>Not up to date: %1</source>
        <translation>최신 값이 아닙니다: %1</translation>
    </message>
    <message>
        <source>Figures of %1, being read again</source>
        <translation>%1 기준 값, 다시 읽는 중</translation>
    </message>
    <message>
        <source>Release the selected hold</source>
        <translation>고른 점유 해제</translation>
    </message>
    <message>
        <source>Extend the selected hold</source>
        <translation>고른 점유 연장</translation>
    </message>
    <message>
        <source>Calendar one day back</source>
        <translation>예약 현황 하루 앞으로</translation>
    </message>
    <message>
        <source>Calendar one day on</source>
        <translation>예약 현황 하루 뒤로</translation>
    </message>
    <message>
        <source>Calendar from today</source>
        <translation>예약 현황 오늘부터</translation>
    </message>
    <message>
        <source>Show new requests</source>
        <translation>새 요청 보기</translation>
    </message>
    <message>
        <source>Read the monitor again</source>
        <translation>모니터 다시 읽기</translation>
    </message>
    <message>
        <source>This hold is no longer open.</source>
        <translation>이미 끝난 점유입니다.</translation>
    </message>
    <message>
        <source>This request is not among the latest.</source>
        <translation>최근 요청에 없는 요청입니다.</translation>
    </message>
    <message>
        <source>Reservations</source>
        <translation>예약 모니터</translation>
    </message>
    <message>
        <source>Earlier</source>
        <translation>이전</translation>
    </message>
    <message>
        <source>A week or a day earlier; [ goes back one day</source>
        <translation>한 주 또는 하루 이전, [ 하루 이전</translation>
    </message>
    <message>
        <source>Later</source>
        <translation>다음</translation>
    </message>
    <message>
        <source>A week or a day later; ] goes on one day</source>
        <translation>한 주 또는 하루 다음, ] 하루 다음</translation>
    </message>
    <message>
        <source>Days</source>
        <translation>일</translation>
    </message>
    <message>
        <source>Hours</source>
        <translation>시간</translation>
    </message>
    <message>
        <source>Columns: days or hours</source>
        <translation>열: 일 또는 시간</translation>
    </message>
    <message>
        <source>Slots</source>
        <translation>회차</translation>
    </message>
    <message>
        <source>Products</source>
        <translation>상품</translation>
    </message>
    <message>
        <source>Rows: slots or products</source>
        <translation>행: 회차 또는 상품</translation>
    </message>
    <message>
        <source>Capacity</source>
        <translation>정원 조정</translation>
    </message>
    <message>
        <source>Change the capacity of the chosen slot</source>
        <translation>선택한 회차의 정원 조정</translation>
    </message>
    <message>
        <source>Hours of %1</source>
        <translation>%1의 시간</translation>
    </message>
    <message>
        <source>No slots on this day.</source>
        <translation>이 날에는 회차가 없습니다.</translation>
    </message>
    <message>
        <source>No slots in these two weeks. A rule makes them.</source>
        <translation>이 2주에는 회차가 없습니다. 규칙을 만들면 회차가 생깁니다.</translation>
    </message>
    <message>
        <source>Make a rule</source>
        <translation>규칙 만들기</translation>
    </message>
    <message>
        <source>Overbook or change the capacity of the chosen slot</source>
        <translation>선택한 회차의 초과 예약·정원 조정</translation>
    </message>
    <message>
        <source>Waiting list of the chosen slot</source>
        <translation>선택한 회차의 대기자</translation>
    </message>
    <message>
        <source>Explain the figure of the chosen slot</source>
        <translation>선택한 회차의 숫자 근거</translation>
    </message>
    <message>
        <source>Bookings of the chosen slot</source>
        <translation>선택한 회차의 예약</translation>
    </message>
    <message>
        <source>Columns are days</source>
        <translation>열을 일 단위로</translation>
    </message>
    <message>
        <source>Columns are the hours of one day</source>
        <translation>열을 하루의 시간 단위로</translation>
    </message>
    <message>
        <source>Rows are slots or products</source>
        <translation>행을 회차 또는 상품으로</translation>
    </message>
    <message>
        <source>Slot rules</source>
        <translation>회차 규칙</translation>
    </message>
    <message>
        <source>Check the stock figures again</source>
        <translation>재고 숫자 다시 점검</translation>
    </message>
    <message>
        <source>This hold is open, but many others end before it.</source>
        <translation>이 점유는 열려 있지만 먼저 끝나는 점유가 많아 목록에 없습니다.</translation>
    </message>
    <message>
        <source>Needs the server, which cannot be reached now.</source>
        <translation>서버가 필요하지만 지금 연결할 수 없습니다.</translation>
    </message>
    <message>
        <source>Your role may look, not change.</source>
        <translation>보기만 할 수 있는 권한입니다.</translation>
    </message>
    <message numerus="yes">
        <source>Nothing has been decided since %1; %n request(s) wait. Calendar, holds and details still work.</source>
        <translation>
            <numerusform>%1부터 배정이 멈췄고 요청 %n건이 기다립니다. 달력, 점유, 상세 화면은 계속 쓸 수 있습니다.</numerusform>
        </translation>
    </message>
    <message>
        <source>This slot is not among the days shown.</source>
        <translation>표시된 기간에 없는 회차입니다.</translation>
    </message>
    <message>
        <source>Choose a slot in the calendar first.</source>
        <translation>먼저 달력에서 회차를 선택해 주세요.</translation>
    </message>
</context>
<context>
    <name>naru::ui::RuleForm</name>
    <message>
        <source>Daily</source>
        <translation>매일</translation>
    </message>
    <message>
        <source>Weekly</source>
        <translation>매주</translation>
    </message>
    <message>
        <source>Monthly</source>
        <translation>매월</translation>
    </message>
    <message>
        <source>How often</source>
        <translation>반복 주기</translation>
    </message>
    <message>
        <source>Product</source>
        <translation>상품</translation>
    </message>
    <message>
        <source>Every</source>
        <translation>간격</translation>
    </message>
    <message>
        <source>Days of the month (1, 15, -1 = the last)</source>
        <translation>날짜 (1, 15, -1 = 말일)</translation>
    </message>
    <message>
        <source>Starts at</source>
        <translation>시작 시각</translation>
    </message>
    <message>
        <source>Lasts, minutes</source>
        <translation>소요 시간(분)</translation>
    </message>
    <message>
        <source>Seats</source>
        <translation>정원</translation>
    </message>
    <message>
        <source>Booking ends, minutes before</source>
        <translation>예약 마감(시작 몇 분 전)</translation>
    </message>
    <message>
        <source>From day</source>
        <translation>시작일</translation>
    </message>
    <message>
        <source>Last day (empty: no end)</source>
        <translation>마지막 날 (비우면 계속)</translation>
    </message>
    <message>
        <source>Except on (days, separated by commas)</source>
        <translation>제외할 날 (쉼표로 구분)</translation>
    </message>
    <message>
        <source>Time zone</source>
        <translation>시간대</translation>
    </message>
    <message>
        <source>Every … days</source>
        <translation>며칠마다</translation>
    </message>
    <message>
        <source>Every … weeks</source>
        <translation>몇 주마다</translation>
    </message>
    <message>
        <source>Every … months</source>
        <translation>몇 개월마다</translation>
    </message>
    <message>
        <source>Choose at least one day of the week.</source>
        <translation>요일을 하나 이상 선택해 주세요.</translation>
    </message>
    <message>
        <source>Days of the month are numbers from 1 to 31, or -1 for the last.</source>
        <translation>날짜는 1부터 31까지, 말일은 -1로 적습니다.</translation>
    </message>
    <message>
        <source>The start is a time such as 17:30.</source>
        <translation>시작 시각은 17:30처럼 적습니다.</translation>
    </message>
    <message>
        <source>A slot lasts at least a minute.</source>
        <translation>회차는 1분 이상이어야 합니다.</translation>
    </message>
    <message>
        <source>A day is written as 2026-11-28.</source>
        <translation>날짜는 2026-11-28처럼 적습니다.</translation>
    </message>
    <message>
        <source>The last day lies before the first.</source>
        <translation>마지막 날이 시작일보다 앞섭니다.</translation>
    </message>
    <message>
        <source>The exceptions are days such as 2026-12-25, separated by commas.</source>
        <translation>제외할 날은 2026-12-25처럼 적고 쉼표로 구분합니다.</translation>
    </message>
    <message>
        <source>This time zone is not known; Korea is Asia/Seoul.</source>
        <translation>알 수 없는 시간대입니다. 한국은 Asia/Seoul입니다.</translation>
    </message>
    <message>
        <source>%1 at %2 for %3 minutes, %4 seats</source>
        <translation>%1 %2에 %3분, 정원 %4</translation>
    </message>
    <message>
        <source>until %1</source>
        <translation>%1까지</translation>
    </message>
    <message numerus="yes">
        <source>except on %n day(s)</source>
        <translation>
            <numerusform>%n일 제외</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>naru::ui::SeriesChart</name>
    <message>
        <source>Highest: %1. Latest: %2.</source>
        <translation>최고 %1, 최근 %2.</translation>
    </message>
</context>
<context>
    <name>naru::ui::SessionCover</name>
    <message>
        <source>This session ended because the account signed in elsewhere.</source>
        <translation>다른 곳에서 로그인되어 이 세션이 종료되었습니다.</translation>
    </message>
    <message>
        <source>An administrator ended this session.</source>
        <translation>관리자가 이 세션을 종료했습니다.</translation>
    </message>
    <message>
        <source>Your session has expired. Please sign in again.</source>
        <translation>인증 세션이 만료되었습니다. 다시 로그인해 주세요.</translation>
    </message>
    <message>
        <source>You were signed out because nothing was done for 30 minutes.</source>
        <translation>30분 동안 사용하지 않아 자동으로 로그아웃되었습니다.</translation>
    </message>
    <message>
        <source>The longest time for one session is over.</source>
        <translation>최대 사용 시간이 끝났습니다.</translation>
    </message>
    <message>
        <source>You signed out.</source>
        <translation>로그아웃했습니다.</translation>
    </message>
    <message>
        <source>Account</source>
        <translation>계정</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>비밀번호</translation>
    </message>
    <message>
        <source>Sign in here</source>
        <translation>여기서 다시 로그인</translation>
    </message>
    <message>
        <source>Sign in again</source>
        <translation>다시 로그인</translation>
    </message>
    <message>
        <source>Other account</source>
        <translation>다른 계정</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>종료</translation>
    </message>
    <message>
        <source>Signing in brings you back to this screen, the selection and the cursor.</source>
        <translation>로그인하면 이 화면, 선택한 칸, 커서 위치로 돌아갑니다.</translation>
    </message>
</context>
<context>
    <name>naru::ui::SettingsSheet</name>
    <message>
        <source>This is not a server address. Example: https://naru.example.com</source>
        <translation>서버 주소가 아닙니다. 예: https://naru.example.com</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>설정</translation>
    </message>
    <message>
        <source>Appearance</source>
        <translation>화면 테마</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>언어</translation>
    </message>
    <message>
        <source>Row height</source>
        <translation>줄 높이</translation>
    </message>
    <message>
        <source>Comfortable</source>
        <translation>보통</translation>
    </message>
    <message>
        <source>Compact</source>
        <translation>촘촘하게</translation>
    </message>
    <message>
        <source>Server address</source>
        <translation>서버 주소</translation>
    </message>
    <message>
        <source>A new address signs you out and opens the window anew.</source>
        <translation>주소를 바꾸면 로그아웃되고 창이 새로 열립니다.</translation>
    </message>
    <message>
        <source>Use</source>
        <translation>적용</translation>
    </message>
    <message>
        <source>Sign out</source>
        <translation>로그아웃</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>닫기</translation>
    </message>
    <message>
        <source>Naru %1</source>
        <translation>나루 %1</translation>
    </message>
</context>
<context>
    <name>naru::ui::SignInPage</name>
    <message>
        <source>Naru</source>
        <translation>나루 Naru</translation>
    </message>
    <message>
        <source>Operations console</source>
        <translation>마켓 운영 콘솔</translation>
    </message>
    <message>
        <source>ID</source>
        <translation>아이디</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>비밀번호</translation>
    </message>
    <message>
        <source>Look around with a demo account</source>
        <translation>데모 계정으로 둘러보기</translation>
    </message>
    <message>
        <source>Change server</source>
        <translation>서버 변경</translation>
    </message>
    <message>
        <source>Service is up</source>
        <translation>서비스 정상</translation>
    </message>
    <message>
        <source>Looking for the server</source>
        <translation>서버 확인 중</translation>
    </message>
    <message>
        <source>Server cannot be reached</source>
        <translation>서버에 연결할 수 없음</translation>
    </message>
    <message>
        <source>Continuing…</source>
        <translation>이어서 로그인하는 중…</translation>
    </message>
    <message>
        <source>Signing in…</source>
        <translation>로그인하는 중…</translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation>로그인</translation>
    </message>
    <message>
        <source>This server has no such demo account.</source>
        <translation>이 서버에 그런 데모 계정이 없습니다.</translation>
    </message>
</context>
<context>
    <name>naru::ui::SlotPane</name>
    <message>
        <source>No slot</source>
        <translation>회차 없음</translation>
    </message>
    <message>
        <source>Sales closed</source>
        <translation>판매 마감</translation>
    </message>
    <message>
        <source>Sold out</source>
        <translation>매진</translation>
    </message>
    <message>
        <source>Overbooked</source>
        <translation>초과 예약</translation>
    </message>
    <message>
        <source>%1 left</source>
        <translation>%1자리 남음</translation>
    </message>
    <message>
        <source>Nothing is offered on this day.</source>
        <translation>이 날에는 회차가 없습니다.</translation>
    </message>
    <message>
        <source>Capacity %1 · sold %2 · held %3 · left %4</source>
        <translation>정원 %1 · 판매 %2 · 점유 %3 · 남음 %4</translation>
    </message>
    <message>
        <source>overbooking allowed %1</source>
        <translation>초과 허용 %1</translation>
    </message>
    <message numerus="yes">
        <source>%n slot(s)</source>
        <translation>
            <numerusform>회차 %n개</numerusform>
        </translation>
    </message>
    <message>
        <source>Open product</source>
        <translation>상품 열기</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>닫기</translation>
    </message>
    <message>
        <source>Close slot details</source>
        <translation>회차 상세 닫기</translation>
    </message>
    <message>
        <source>%1 waiting</source>
        <translation>대기 %1</translation>
    </message>
    <message>
        <source>Capacity</source>
        <translation>정원</translation>
    </message>
    <message>
        <source>Waiting list</source>
        <translation>대기자</translation>
    </message>
    <message>
        <source>Bookings</source>
        <translation>예약</translation>
    </message>
    <message>
        <source>Explain</source>
        <translation>근거</translation>
    </message>
    <message>
        <source>Rules</source>
        <translation>규칙</translation>
    </message>
    <message>
        <source>Product</source>
        <translation>상품</translation>
    </message>
    <message>
        <source>Explain the figure</source>
        <translation>숫자의 근거 보기</translation>
    </message>
    <message>
        <source>Open the slot rules</source>
        <translation>회차 규칙 열기</translation>
    </message>
    <message>
        <source>Slots of this cell</source>
        <translation>이 칸의 회차</translation>
    </message>
</context>
<context>
    <name>naru::ui::SlotRulesPage</name>
    <message numerus="yes">
        <source>%n slot(s)</source>
        <translation>
            <numerusform>%n회차</numerusform>
        </translation>
    </message>
    <message>
        <source>ended</source>
        <translation>종료됨</translation>
    </message>
    <message>
        <source>Saved: %1</source>
        <translation>저장됨: %1</translation>
    </message>
    <message>
        <source>Ended: %1</source>
        <translation>종료됨: %1</translation>
    </message>
    <message>
        <source>Slot rules</source>
        <translation>회차 규칙</translation>
    </message>
    <message>
        <source>New rule</source>
        <translation>새 규칙</translation>
    </message>
    <message>
        <source>Show all products</source>
        <translation>모든 상품 보기</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>저장</translation>
    </message>
    <message>
        <source>Save the rule</source>
        <translation>규칙 저장</translation>
    </message>
    <message>
        <source>Put back</source>
        <translation>되돌리기</translation>
    </message>
    <message>
        <source>Put the fields back</source>
        <translation>입력 되돌리기</translation>
    </message>
    <message>
        <source>End the rule</source>
        <translation>규칙 종료</translation>
    </message>
    <message>
        <source>Keep them as they are</source>
        <translation>그대로 유지</translation>
    </message>
    <message>
        <source>Sell no more of them</source>
        <translation>더 판매하지 않기</translation>
    </message>
    <message>
        <source>What it would do</source>
        <translation>적용 미리보기</translation>
    </message>
    <message>
        <source>Rules</source>
        <translation>규칙</translation>
    </message>
    <message numerus="yes">
        <source>%n rule(s)</source>
        <translation>
            <numerusform>규칙 %n개</numerusform>
        </translation>
    </message>
    <message>
        <source>No rule makes slots yet.</source>
        <translation>아직 회차를 만드는 규칙이 없습니다.</translation>
    </message>
    <message>
        <source>Make a rule</source>
        <translation>규칙 만들기</translation>
    </message>
    <message>
        <source>Rule</source>
        <translation>규칙</translation>
    </message>
    <message>
        <source>Choose a rule, or make a new one.</source>
        <translation>규칙을 선택하거나 새로 만드세요.</translation>
    </message>
    <message>
        <source>Needs the server, which cannot be reached now.</source>
        <translation>서버가 필요하지만 지금 연결할 수 없습니다.</translation>
    </message>
    <message>
        <source>Working it out …</source>
        <translation>계산하는 중…</translation>
    </message>
    <message>
        <source>Choose a rule to see what it makes.</source>
        <translation>규칙을 선택하면 만들어질 회차를 보여 줍니다.</translation>
    </message>
    <message numerus="yes">
        <source>%n slot(s) in %1 days</source>
        <translation>
            <numerusform>%1일 동안 %n회차</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n new</source>
        <translation>
            <numerusform>새로 %n</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n changed</source>
        <translation>
            <numerusform>변경 %n</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n withdrawn</source>
        <translation>
            <numerusform>철회 %n</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n booked and different</source>
        <translation>
            <numerusform>예약이 있고 다름 %n</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The clock jumps on %n of these days.</source>
        <translation>
            <numerusform>이 가운데 %n일에는 서머타임으로 시계가 바뀝니다.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n booked slot(s) would differ from the rule. Nothing has been changed yet; what is to become of them?</source>
        <translation>
            <numerusform>예약이 있는 %n회차가 규칙과 달라집니다. 아직 바뀐 것은 없습니다. 이 회차를 어떻게 할까요?</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 sold, %2 held</source>
        <translation>판매 %1, 점유 %2</translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>외 %n건</numerusform>
        </translation>
    </message>
    <message>
        <source>End this rule? It makes no more slots; unbooked ones are withdrawn.</source>
        <translation>이 규칙을 종료할까요? 더는 회차를 만들지 않고, 예약 없는 회차는 철회됩니다.</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>사유</translation>
    </message>
    <message>
        <source>Edit the chosen rule</source>
        <translation>선택한 규칙 편집</translation>
    </message>
    <message>
        <source>Make a new slot rule</source>
        <translation>새 회차 규칙 만들기</translation>
    </message>
    <message>
        <source>Save the slot rule</source>
        <translation>회차 규칙 저장</translation>
    </message>
    <message>
        <source>Read the rules again</source>
        <translation>규칙 다시 읽기</translation>
    </message>
</context>
<context>
    <name>naru::ui::StagedBar</name>
    <message>
        <source>Reason for the stock change</source>
        <translation>재고 변경 사유</translation>
    </message>
    <message>
        <source>Stock count</source>
        <translation>재고 실사</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>버리기</translation>
    </message>
    <message>
        <source>Discard all changes</source>
        <translation>변경 모두 버리기</translation>
    </message>
    <message>
        <source>Commit</source>
        <translation>적용</translation>
    </message>
    <message>
        <source>Commit all changes</source>
        <translation>변경 모두 적용</translation>
    </message>
    <message>
        <source>Keep mine</source>
        <translation>내 값 유지</translation>
    </message>
    <message>
        <source>Take theirs</source>
        <translation>상대 값 사용</translation>
    </message>
    <message numerus="yes">
        <source>%n changes</source>
        <translation>
            <numerusform>변경 %n건</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>in %n products</source>
        <translation>
            <numerusform>상품 %n개</numerusform>
        </translation>
    </message>
    <message>
        <source>Committing …</source>
        <translation>적용하는 중 …</translation>
    </message>
    <message>
        <source>Somebody changed “%1” meanwhile: yours %2, theirs %3, before %4.</source>
        <translation>그사이 다른 사람이 ‘%1’을(를) 바꿨습니다: 내 값 %2, 상대 값 %3, 처음 %4.</translation>
    </message>
    <message>
        <source>What is left here was not changed. Code: %1</source>
        <translation>여기 남은 변경은 적용되지 않았습니다. 코드: %1</translation>
    </message>
    <message>
        <source>Another product with changes waits for a decision. Choose it in the list.</source>
        <translation>결정을 기다리는 다른 상품이 있습니다. 목록에서 고르세요.</translation>
    </message>
</context>
<context>
    <name>naru::ui::StatePane</name>
    <message>
        <source>Loading…</source>
        <translation>불러오는 중…</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>다시 시도</translation>
    </message>
</context>
<context>
    <name>naru::ui::StatusLine</name>
    <message>
        <source>Queue %1</source>
        <translation>대기열 %1</translation>
    </message>
    <message>
        <source>Decisions %1/s</source>
        <translation>결정 %1/s</translation>
    </message>
    <message>
        <source>Session %1</source>
        <translation>세션 %1</translation>
    </message>
</context>
<context>
    <name>naru::ui::ThemeSegments</name>
    <message>
        <source>System</source>
        <translation>시스템</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>밝게</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>어둡게</translation>
    </message>
</context>
<context>
    <name>naru::ui::TicketsCard</name>
    <message>
        <source>Held %1</source>
        <translation>점유 %1</translation>
    </message>
    <message>
        <source>Waiting, place %1</source>
        <translation>대기 %1번째</translation>
    </message>
    <message>
        <source>%1 %2 on %3: %4 of %5 taken</source>
        <translation>%1 %2, %3: 정원 %5 중 %4 참</translation>
    </message>
    <message>
        <source>What to do: %1</source>
        <translation>할 일: %1</translation>
    </message>
    <message>
        <source>The first hold in the way ends at %1.</source>
        <translation>앞을 막은 첫 점유는 %1에 끝납니다.</translation>
    </message>
    <message>
        <source>decided in %1 ms</source>
        <translation>%1 ms 만에 결정</translation>
    </message>
    <message>
        <source>Live requests</source>
        <translation>실시간 요청</translation>
    </message>
    <message>
        <source>Selected request</source>
        <translation>고른 요청</translation>
    </message>
    <message>
        <source>No requests yet.</source>
        <translation>아직 요청이 없습니다.</translation>
    </message>
    <message numerus="yes">
        <source>%n new request(s)</source>
        <translation>
            <numerusform>새 요청 %n건</numerusform>
        </translation>
    </message>
    <message>
        <source>%1, for %2, asked at %3</source>
        <translation>%1, %2명, %3에 요청</translation>
    </message>
</context>
<context>
    <name>naru::ui::TimeBar</name>
    <message>
        <source>falls to %1 in %2 (%3)</source>
        <translation>%2 뒤(%3) %1로 줄어듦</translation>
    </message>
    <message>
        <source>%1 from %3, in %2</source>
        <translation>%2 뒤(%3)부터 %1</translation>
    </message>
    <message>
        <source>from %1: %2</source>
        <translation>%1부터 %2</translation>
    </message>
    <message>
        <source>at first: %1</source>
        <translation>처음 %1</translation>
    </message>
    <message>
        <source>%1, now</source>
        <translation>%1 (지금)</translation>
    </message>
    <message>
        <source>What comes back: %1</source>
        <translation>환불 비율: %1</translation>
    </message>
    <message>
        <source>now</source>
        <translation>지금</translation>
    </message>
</context>
<context>
    <name>naru::ui::VariantGrid</name>
    <message>
        <source>Options, stock and prices</source>
        <translation>옵션·재고·가격</translation>
    </message>
</context>
<context>
    <name>naru::ui::WaitlistCard</name>
    <message numerus="yes">
        <source>%1 · %n seat(s)</source>
        <translation>
            <numerusform>%1 · %n명</numerusform>
        </translation>
    </message>
    <message>
        <source>since %1</source>
        <translation>%1부터</translation>
    </message>
    <message>
        <source>free seats are kept for them</source>
        <translation>빈자리를 이 일행에게 남겨 둠</translation>
    </message>
    <message numerus="yes">
        <source>passed over %n time(s)</source>
        <translation>
            <numerusform>%n번 건너뜀</numerusform>
        </translation>
    </message>
    <message>
        <source>Offered %1</source>
        <translation>제안됨 %1</translation>
    </message>
    <message>
        <source>Waiting list</source>
        <translation>대기자</translation>
    </message>
    <message>
        <source>Nobody waits for this slot.</source>
        <translation>이 회차의 대기자가 없습니다.</translation>
    </message>
    <message>
        <source>Only offered seats can be confirmed.</source>
        <translation>제안된 자리만 확정할 수 있습니다.</translation>
    </message>
    <message>
        <source>Decline the offer</source>
        <translation>제안 거절</translation>
    </message>
    <message>
        <source>Take off the list</source>
        <translation>대기 취소</translation>
    </message>
    <message>
        <source>Taken off by staff</source>
        <translation>운영자가 대기 취소</translation>
    </message>
    <message>
        <source>Confirm the offer</source>
        <translation>제안 확정</translation>
    </message>
    <message>
        <source>Take off</source>
        <translation>대기 취소</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>닫기</translation>
    </message>
    <message>
        <source>Take off the waiting list</source>
        <translation>대기 명단에서 빼기</translation>
    </message>
    <message>
        <source>Close the waiting list</source>
        <translation>대기자 닫기</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>사유</translation>
    </message>
    <message>
        <source>Reason (recorded)</source>
        <translation>사유 (기록됨)</translation>
    </message>
</context>
</TS>
