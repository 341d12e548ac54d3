"""One sample of every message of version 1 as it stands on the wire; readable for ever."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

_EVIDENCE: Final = (
    '"evidence":{"camera":"Maker Model 7","software":"","has_zone":true,"accuracy_m":6.0,'
    '"brightness":121.5,"sharpness":310.25,"signs":["saved_again"]},"retakes":null,'
    '"pair_id":"0193a000-0000-7000-8000-000000000002","pair_matches":41'
)
_PHOTO: Final = (
    '{"id":"0193a000-0000-7000-8000-000000000001","role":"after","sha256":"'
    + "ab" * 32
    + '","size_bytes":1200000,"width":3024,"height":4032,"taken_at":"2026-11-20T02:18:00Z",'
    '"place":{"latitude":13.7563,"longitude":100.5018,"accuracy_m":6.0},'
    '"added_at":"2026-11-20T02:20:00Z","added_by":"p1","is_withdrawn":false,"has_arrived":true,'
    + _EVIDENCE
    + ',"marks":[{"kind":"box","x1":0.25,"y1":0.5,"x2":0.75,"y2":0.625,"text":""}],'
    '"seen_before":{"ticket_id":"2026-K4T9XB","photo_id":"0193a000-0000-7000-8000-000000000003",'
    '"role":"after","added_at":"2026-10-20T02:20:00Z","is_same_file":false}}'
)
TICKET: Final = (
    '{"id":"2026-K4T9XA","revision":812,"words":"หลุมลึกกลางถนน","categories":["ถนน"],'
    '"state":"sent_back","foreign_state":"","place":{"latitude":13.7563,"longitude":100.5018,'
    '"accuracy_m":null},"address":"หน้าตลาด","subdistrict":"ชนะสงคราม","district":"พระนคร",'
    '"province":"กรุงเทพมหานคร","reported_at":"2026-11-18T01:00:00Z",'
    '"due_at":"2026-11-21T01:00:00Z","crew_id":"c1","former_crew_ids":["c2"],"photos":['
    + _PHOTO
    + '],"timeline":[{"kind":"send_back","at":"2026-11-20T03:00:00Z","person_id":"p9",'
    '"person_name":"Boss","crew_id":null,"text":"","reason":"ยังไม่เรียบ","operation_id":'
    '"0193a000-0000-7000-8000-000000000009","is_only_recorded":false}],'
    '"send_back_reason":"ยังไม่เรียบ","decline_reason":"","resolution_note":"ซ่อมแล้ว",'
    '"no_photo_reason":""}'
)
TICKET_WITH_MOVED_PIN: Final = (
    TICKET[:-1]
    + ',"moved_pin":{"reported_place":{"latitude":13.7561,"longitude":100.5013,"accuracy_m":null},'
    '"reason":"อยู่อีกฝั่งถนน"}}'
)
"""Said only where somebody moved the pin; `place` is where it stands now."""
CHANGES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "ticket": f'{{"cursor":"812","ticket":{TICKET}}}',
        "removed": '{"cursor":"813","removed":"2026-K4T9XA"}',
        "reference": (
            '{"cursor":"814","reference":{"agency":"เทศบาลตัวอย่าง","categories":["ถนน"],'
            '"crews":[{"id":"c1","name":"ชุด 1"}],"deadlines_days":{"ถนน":3},'
            '"templates":["ซ่อมเรียบร้อยแล้ว"]}}'
        ),
        "done": '{"cursor":"814","done":true,"server_time":"2026-11-20T04:00:00.250Z"}',
    }
)
"""Lines of `GET /changes`, by kind."""
REFERENCE_WITH_POLICY: Final = (
    '{"cursor":"815","reference":{"agency":"","categories":[],"crews":[],"deadlines_days":{},'
    '"templates":[],"screen_copies_first":true}}'
)
"""Said only where it is so, as `has_screen_copy` of a photo is."""
PHOTO_WITH_SCREEN_COPY: Final = _PHOTO.replace(
    '"has_arrived":true,', '"has_arrived":false,"has_screen_copy":true,'
)

PAYLOADS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "start": "{}",
        "note": '{"text":"รออะไหล่"}',
        "add_photo": (
            '{"photo_id":"0193a000-0000-7000-8000-000000000001","role":"after","sha256":"'
            + "ab" * 32
            + '","size_bytes":1200000,"width":3024,"height":4032,'
            '"taken_at":"2026-11-20T02:18:00Z","latitude":13.7563,"longitude":100.5018,'
            '"preview":"UklGRg==",' + _EVIDENCE + "}"
        ),
        "remove_photo": '{"photo_id":"0193a000-0000-7000-8000-000000000001","reason":"เบลอ"}',
        "mark_photo": (
            '{"photo_id":"0193a000-0000-7000-8000-000000000001","marks":[{"kind":"text",'
            '"x1":0.25,"y1":0.5,"x2":0.75,"y2":0.625,"text":"ท่อแตก"}]}'
        ),
        "pair_photo": (
            '{"photo_id":"0193a000-0000-7000-8000-000000000001",'
            '"pair_id":"0193a000-0000-7000-8000-000000000002","pair_matches":41}'
        ),
        "move_place": (
            '{"place":{"latitude":13.7566,"longitude":100.502,"accuracy_m":null},'
            '"reason":"อยู่อีกฝั่งถนน"}'
        ),
        "hold": '{"reason":"parts","note":""}',
        "finish": (
            '{"note":"ซ่อมแล้ว","photo_ids":["0193a000-0000-7000-8000-000000000001"],'
            '"no_photo_reason":"camera"}'
        ),
        "call_back": '{"reason":""}',
        "decline": '{"reason":"duplicate","note":"","duplicate_of":"2026-K4T9XB"}',
        "approve": '{"note":"ดี"}',
        "send_back": '{"reason":"ยังไม่เรียบ","photo_ids":[]}',
        "assign": '{"crew_id":"c2","due_at":"2026-11-25T01:00:00Z"}',
        "reopen": '{"reason":"ชำรุดอีก"}',
    }
)
"""What each type of operation carries."""


def operation(kind: str) -> str:
    """Return the sample of an operation of a type.

    Raises:
        KeyError: There is no such type.
    """
    return (
        '{"id":"0193a000-0000-7000-8000-000000000009","ticket_id":"2026-K4T9XA","based_on":811,'
        '"actor_id":"p1","device_id":"d1","made_at":"2026-11-20T02:20:00.120Z",'
        f'"clock_offset_ms":-1500,"seq":7,"type":"{kind}","payload":{PAYLOADS[kind]}}}'
    )


VERDICTS: Final = (
    '{"results":[{"operation_id":"0193a000-0000-7000-8000-000000000009","outcome":"applied",'
    '"revision":812,"receipt":{"id":"7F2A-19","received_at":"2026-11-20T02:21:00Z"},'
    f'"reason":null,"detail":"","ticket":{TICKET}}},'
    '{"operation_id":"0193a000-0000-7000-8000-00000000000a","outcome":"duplicate","revision":812,'
    '"receipt":{"id":"7F2A-19","received_at":"2026-11-20T02:21:00Z"}},'
    '{"operation_id":"0193a000-0000-7000-8000-00000000000b","outcome":"recorded","revision":813,'
    '"receipt":{"id":"7F2A-20","received_at":"2026-11-20T02:21:00Z"},"reason":"reassigned",'
    '"detail":"Another crew has it.","cause":{"kind":"assign","at":"2026-11-20T01:00:00Z",'
    '"person_id":"p9","person_name":"Boss","crew_id":"c2","text":"","reason":"",'
    '"operation_id":null,"is_only_recorded":false}},'
    '{"operation_id":"0193a000-0000-7000-8000-00000000000c","outcome":"refused",'
    '"reason":"not_allowed"}]}'
)
SIGN_IN: Final = '{"username":"crew1","password":"a secret","device_name":"laptop 7"}'
SIGNED_IN: Final = (
    '{"device_id":"d1","token":"opaque","officer":{"id":"p1","username":"crew1","name":"ชุด 1",'
    '"role":"crew","crew_id":"c1"},"server_time":"2026-11-20T02:00:00Z"}'
)
SIGNED_IN_WITH_KEY: Final = (
    '{"device_id":"d1","token":"opaque","officer":{"id":"p1","username":"crew1","name":"ชุด 1",'
    '"role":"crew","crew_id":"c1"},"server_time":"2026-11-20T02:00:00Z","rescue_key":"'
    'cGFja3MgYXJlIHNlYWxlZCB3aXRoIHRoaXMga2V5ISE="}'
)
UPLOADS: Final = (
    '{"uploads":[{"photo_id":"0193a000-0000-7000-8000-000000000001",'
    '"url":"/api/v1/photos/upload/1","offset":65536,"size_bytes":1200000,"sha256":"'
    + "ab" * 32
    + '"}]}'
)
_BASEMAP: Final = (
    '{"name":"เทศบาลตัวอย่าง","attribution":"© OpenStreetMap contributors",'
    '"media_type":"image/webp","bounds":[100.4,13.6,100.7,13.9],"min_zoom":10,"max_zoom":16,'
    '"sha256":"'
    + "cd" * 32
    + '","kind":"mbtiles","size_bytes":148000000,"added_at":"2026-11-25T02:00:00Z"}'
)
BASEMAPS: Final = f'{{"basemaps":[{_BASEMAP}]}}'
REFERENCE_WITH_BASEMAPS: Final = (
    '{"cursor":"816","reference":{"agency":"","categories":[],"crews":[],"deadlines_days":{},'
    f'"templates":[],"basemaps":[{_BASEMAP}]}}}}'
)
"""Said only where the hub has maps."""
ROLL_CALL: Final = (
    '{"run":"0193a000-0000-7000-8000-0000000000f1","revision":812,"cursor":"h1.812",'
    '"operations":["0193a000-0000-7000-8000-000000000009","0193a000-0000-7000-8000-00000000000a"],'
    '"photos":["0193a000-0000-7000-8000-000000000001"]}'
)
ABSENT: Final = (
    '{"run":"0193a000-0000-7000-8000-0000000000f2","is_whole":false,'
    '"operations":["0193a000-0000-7000-8000-000000000009"],"photos":[]}'
)
"""As hubs answered that did not say what they only recorded."""
ABSENT_AND_RECORDED: Final = ABSENT.replace(
    '"photos":[]', '"photos":[],"recorded":["0193a000-0000-7000-8000-00000000000a"]'
)
PACK_HEADER: Final = (
    '{"format":"field-app rescue pack","version":1,"device_id":"d1",'
    '"made_at":"2026-11-20T02:00:00Z","operations":1,"photos":1,"salt":"'
    + "ab" * 16
    + '","costs":{"n":131072,"r":8,"p":1},"by_passphrase":"gAAAAA==","by_device":""}'
)
PACK_MANIFEST: Final = (
    '{"made_at":"2026-11-20T02:00:00Z","maker":{"id":"p1","username":"crew1","name":"ชุด 1",'
    '"role":"crew","crew_id":"c1"},"device_id":"d1","hub_url":"https://hub.example",'
    f'"operations":[{{"wire":{operation("add_photo")},"mine":{TICKET},"is_parked":false,'
    '"reason":"","detail":""}],"photos":[{"id":"0193a000-0000-7000-8000-000000000001",'
    '"operation_id":"0193a000-0000-7000-8000-000000000009","ticket_id":"2026-K4T9XA",'
    '"role":"after","sha256":"'
    + "ab"
    * 32
    + '","size_bytes":1200000,"suffix":".jpg","added_at":"2026-11-20T02:20:00Z",'
    '"state":"held"}],"missing":[]}'
)
PACK_RECEIPT: Final = (
    '{"sha256":"' + "ab" * 32 + '","applied":4,"duplicates":1,"recorded":0,"refused":0,'
    '"photos_new":2,"photos_here":1,"photos_damaged":0,"photos_refused":0}'
)
PROBLEM: Final = (
    '{"type":"about:blank","title":"Too large","status":413,"detail":"A photo may have 40 MB.",'
    '"operation_id":null,"device_revoked":false}'
)
