"""Names that nobody bears: persons, places, bodies, events and programmes put together from syllables and forms.

The lists are large and independent of the generator's pools, so that the net learns the shape of a name and the words
around it, not the name.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from random import Random

_FAMILIES = (
    "Nguyễn Nguyễn Nguyễn Nguyễn Nguyễn Nguyễn Trần Trần Trần Lê Lê Lê Phạm Phạm Hoàng Huỳnh Phan Vũ Võ Đặng Bùi Đỗ Hồ Ngô Dương"
    " Lý Trương Đinh Lương Mai Đoàn Trịnh Hà Cao Tạ Đào Lưu Thái Phùng Châu Tô Quách Kiều Nghiêm Lại Khổng Tống Vương La"
    " Chu Viên Ninh Mạc Từ Tăng Thạch Kim Sơn Danh Lò Lường Quàng Cầm Hà Vi Lô Lang Sầm Giàng Sùng Vàng Thào Hạng Mùa Cứ Lầu Ma"
    " Nông Triệu Bàn Đặng Phàn Tẩn Chảo Đinh Bạch Quách A Rơ Y Siu Ksor Hồ Bhling Zơrâm Alăng Ka Điểu Thị"
).split()
_MIDDLES = (
    "Văn Văn Văn Thị Thị Thị Hữu Đức Minh Quang Ngọc Thanh Xuân Đình Công Quốc Trọng Hồng Kim Thu Hoài Phương Bá Duy Tiến Mạnh Anh"
    " Bảo Chí Danh Doãn Đăng Gia Hải Hoàng Huy Khắc Khánh Lan Mai Mỹ Nam Nhật Như Phú Phúc Quý Sỹ Tấn Thái Thành Thế Thiên Thúy"
    " Thùy Trung Trường Tuấn Tuyết Tường Việt Vĩnh Viết Bích Cẩm Diệu Hà Hiền Kiều Lệ Linh Nguyệt Yến Tân Thiện Cao Đắc Tất Thượng"
).split()
_GIVEN = (
    "An Anh Ánh Ân Bách Bằng Bảo Bắc Bích Biên Bình Cảnh Cẩm Chi Chiến Chinh Chính Chung Chương Công Cúc Cương Cường Danh Diễm Diệp"
    " Diệu Du Dung Dũng Duy Duyên Dương Đài Đại Đào Đạo Đạt Điền Điệp Định Đoan Đông Đồng Đức Giang Hà Hải Hạnh Hào Hảo Hân Hằng"
    " Hậu Hiên Hiền Hiển Hiếu Hiệp Hoa Hòa Hoài Hoan Hoàn Hoàng Hợp Hồng Huân Huấn Huệ Hùng Huy Huyền Hưng Hương Hường Hữu Kha Khải"
    " Khang Khanh Khánh Khiêm Khoa Khoát Khôi Khuê Kiên Kiệt Kiều Kỳ Lam Lan Lành Lâm Lập Lê Liêm Liên Liễu Linh Loan Long Lộc Lợi"
    " Luân Lực Lương Ly Lý Mai Mạnh Mận Mẫn Mến Miên Minh My Mỹ Nam Nga Ngà Ngân Nghĩa Nghị Ngọc Nguyên Nguyệt Nhàn Nhân Nhất Nhi"
    " Nhiên Nhung Như Ninh Nở Oanh Phát Phi Phong Phú Phúc Phước Phương Phượng Quân Quang Quế Quốc Quy Quý Quyên Quyền Quyết Quỳnh"
    " Sang Sáng Sinh Sơn Sửu Sương Tài Tâm Tân Tấn Thạch Thái Thành Thao Thảo Thăng Thắng Thân Thế Thi Thiện Thiết Thịnh Thoa Thọ"
    " Thông Thơ Thơm Thu Thuận Thục Thủy Thúy Thụy Thư Thức Thường Thương Tiên Tiến Tín Tình Tịnh Toàn Toản Tới Trà Trang Tráng Trâm"
    " Trân Trí Triển Triều Trinh Trọng Trung Trúc Trường Tú Tuân Tuấn Tuệ Tùng Tuyên Tuyền Tuyết Tư Tường Uyên Ước Vân Viên Việt"
    " Vinh Vĩnh Vịnh Vũ Vui Vương Vượng Vy Xuân Xuyến Ý Yên Yến"
).split()
_PLACE = (
    "An Bá Bạch Ba Bảo Bắc Bằng Bến Bình Bồng Bù Cai Cam Cao Cát Cẩm Cần Chánh Châu Chiềng Chợ Chư Cô Cổ Cờ Cư Cửa Dầu Diên Diễn"
    " Dĩ Duy Dương Đa Đà Đại Đak Đạo Đăk Đầm Đậu Điềm Điền Định Đoan Đô Đông Đồng Đức Ea Gành Gia Giao Giang Giồng Gò Hà Hải Hàm"
    " Hạnh Hậu Hiên Hiệp Hòa Hoài Hoàng Hoằng Hội Hồng Hợp Hùng Hưng Hương Ia Kan Khánh Khê Khoái Khương Kiến Kim Kỳ La Lạc Lai Lãng"
    " Lang Lâm Lập Lệ Liên Long Lộc Lợi Lục Lũng Lương Lý Mai Mậu Minh Mỏ Mộc Mường Mỹ Na Nà Nam Năm Nậm Nga Nghĩa Nghi Ngọc Ngũ"
    " Nhân Nhơn Ninh Núi Pác Phan Phong Phố Phổ Phú Phúc Phụng Phước Phượng Pờ Quan Quang Quảng Quế Quý Quỳ Quỳnh Rạch Sa Sài Sán"
    " Sín Song Sông Sơn Tà Tam Tân Tây Thái Thanh Thạch Thành Thăng Thắng Thiện Thiệu Thọ Thông Thới Thu Thuần Thuận Thủy Thượng Tiên"
    " Tiến Tịnh Toàn Tô Tràng Trạch Trảng Trấn Triệu Trung Trực Trường Tủa Tuần Tùng Tuy Tuyên Từ Tương Văn Vân Vạn Vị Viên Việt Vinh"
    " Vĩnh Võ Vũ Vụ Xuân Xuyên Ý Yên Yến"
).split()
_HIGHLAND = (
    "Krông Năng;Ea H'leo;Cư M'gar;Đăk Tô;Ia Grai;Chư Prông;Đạ Huoai;Bù Gia Phúc;Nậm Pồng;Lũng Pù;Sà Dề;Pa Ủ;Mường Chà;Xín Mần;"
    "Tả Gia Khâu;A Xan;La Êê;Ba Vì;Đăk Xú;Mô Rai;Ia Dom;Thu Lũm;Sín Thầu;Ka Lăng;A Ngo;Hướng Lộc;Na Ngoi;Tri Lễ;Ya Tờ Mốt"
).split(";")
_KINDS = ("xã", "xã", "xã", "phường", "thị trấn", "huyện", "huyện", "tỉnh", "thị xã", "thành phố", "quận")
_ALIEN = (
    "ka ma na ta sa ra ha ya ko mo no to so ro ho yo ku mu nu tsu su ru shi chi ni mi ri ki pa ba bo bu lan land burg berg stadt ton"
    " ville mont saint san gang gwang yang dae jin seong won buk nam hwa lin bei dong xi nan shan jiang hu guang chai buri thani khon"
    " phet luang vang xay pak sav nar ber len wel der ger ster ham ford bury stock holm vik sund dal poli grad sk ov ino eva ria sia"
    " dra tri kli ven tor mar del gra val cor lis pol mur zan"
).split()
_CITIES = (
    "Viêng Chăn;Pắc Xế;Xiêng Khoảng;Luông Nậm Thà;Bò Kẹo;Hủa Phăn;Khăm Muộn;Chăm Pa Sắc;Xa Va Na Khẹt;Phông Xa Lỳ;Xiêm Riệp;"
    "Công Pông Chàm;Xvay Riêng;Môn-đun-ki-ri;Băng Cốc;U-đon Tha-ni;Xa-côn Na-khon;Nam Ninh;Quế Lâm;Côn Minh;Bách Sắc;Sùng Tả;"
    "Hà Khẩu;Ngọc Khê;Mông Tự;Phòng Thành Cảng;Đông Hưng;Thượng Hải;Hàng Châu;Phúc Châu;Hạ Môn;Tứ Xuyên;Vân Nam;Quảng Tây;"
    "Giang Tô;Hải Nam;Hồ Nam;Cao Hùng;Đài Nam;Tân Trúc;Xơ-un;Pu-san;In-chơn;Tô-ki-ô;Ô-xa-ca;Ky-ô-tô;Hi-rô-si-ma;Na-ga-xa-ki;"
    "Mát-xcơ-va;Xanh Pê-téc-bua;Béc-lin;Pa-ri;Luân Đôn;Viên;Rô-ma;Niu Oóc;Niu Đê-li;Ma-ni-la;Gia-các-ta;Cu-a-la Lăm-pơ"
).split(";")
COUNTRIES = (
    "Lào;Trung Quốc;Campuchia;Cam-pu-chia;Thái Lan;Nhật Bản;Hàn Quốc;Đài Loan;Đài Loan (Trung Quốc);Hoa Kỳ;Mỹ;Anh;Pháp;Đức;Nga;"
    "Liên bang Nga;Úc;Ô-xtrây-li-a;Canada;Ca-na-đa;Ấn Độ;Singapore;Xinh-ga-po;Malaysia;Ma-lai-xi-a;Indonesia;In-đô-nê-xi-a;"
    "Philippines;Phi-líp-pin;Myanmar;Mi-an-ma;Brunei;Đông Ti-mo;Hà Lan;Bỉ;Italia;I-ta-li-a;Ý;Tây Ban Nha;Bồ Đào Nha;Thụy Sĩ;"
    "Thụy Điển;Na Uy;Đan Mạch;Phần Lan;Áo;Ba Lan;Séc;Hungary;Hung-ga-ri;Ukraina;U-crai-na;Belarus;Bungari;Rumani;Cuba;Brazil;"
    "Bra-xin;Chile;Argentina;Mexico;Israel;I-xra-en;Ả Rập Xê Út;UAE;Qatar;Kuwait;Iran;Thổ Nhĩ Kỳ;Ai Cập;Nam Phi;Angola;Nigeria;"
    "Algeria;Mông Cổ;Triều Tiên;Hồng Kông;Ma Cao;New Zealand;Niu Di-lân;Ireland;Ai-len;Kazakhstan;Sri Lanka;Bangladesh;Pakistan;"
    "Nepal;Mozambique;Tanzania;Hy Lạp;Slovakia;Luxembourg;Việt Nam;Việt Nam"
).split(";")
_FIELDS = (
    "May mặc;Giày da;Điện tử;Linh kiện;Thủy sản;Chế biến nông sản;Gỗ;Dệt;Xi măng;Thép;Bao bì;Nhựa;Cơ khí;Xây dựng;Thương mại;"
    "Sản xuất;Đầu tư;Dịch vụ;Xuất nhập khẩu;Vận tải;Dược phẩm;Thức ăn chăn nuôi;Năng lượng;Điện gió;Môi trường;Khoáng sản;"
    "Thực phẩm;Nước giải khát;Đồ chơi;Kính;Gạch men;Ô tô;Lốp;Cáp điện;Phần mềm;Du lịch;Khách sạn;Bất động sản;Hóa chất;Phân bón"
).split(";")
_LATIN = (
    "Hansol Daewon Sungjin Youngone Kyungbang Taekwang Fujiya Nissho Sumida Yamato Toyota Hoya Kanto Marubeni Vina Viet Global Asia"
    " Pacific Green Smart Star Sun Gold Best First Union United Royal Crystal Delta Alpha Omega Nova Luxshare Foxlink Victory Huafu"
    " Texhong Regina Formosa Pouchen Apache Freetrend Lotus Pearl Ocean Blue Sky Bright Future Hope World Care Children Aid Bridge"
    " Village Mercy Heart Smile Vision Peace Earth Water Light Hands Kids Family Rural Health Trust Life Way East West North Hyosung"
    " Doosan Posco Samil Wooree Seoho Nidec Meiko Terumo Denso Canon Panasonic Kurabe Nitori Matsuya Aeon Bosch Siemens Messer"
).split()
_NGO_WORDS = (
    "Tầm nhìn;Hy vọng;Bàn tay;Nụ cười;Trái tim;Ánh sáng;Cầu vồng;Ngôi nhà;Mái ấm;Hạt giống;Cánh diều;Tình thương;Nhịp cầu;Bình minh;"
    "Hòa bình;Xanh;Trẻ thơ;Nhân ái;Việt Nam;Thế giới;Châu Á;Quốc tế;Phát triển;Cộng đồng;Đông Dương;Mê Công;Không biên giới;Sẻ chia"
).split(";")
_DEPARTMENTS = (
    "Ngoại vụ;Nội vụ;Tư pháp;Tài chính;Kế hoạch và Đầu tư;Công Thương;Xây dựng;Giao thông vận tải;Y tế;Giáo dục và Đào tạo;"
    "Văn hóa, Thể thao và Du lịch;Văn hóa - Thông tin;Thông tin và Truyền thông;Khoa học và Công nghệ;Tài nguyên và Môi trường;"
    "Nông nghiệp và Phát triển nông thôn;Nông nghiệp và Môi trường;Lao động - Thương binh và Xã hội;Dân tộc và Tôn giáo;Du lịch"
).split(";")
_DIVISIONS = (
    "Nội vụ;Tư pháp;Y tế;Dân tộc;Kinh tế;Kinh tế và Hạ tầng;Tài chính - Kế hoạch;Văn hóa và Thông tin;Giáo dục và Đào tạo;"
    "Quản lý đô thị;Lao động - Thương binh và Xã hội;Nông nghiệp và Phát triển nông thôn;Hợp tác quốc tế;Lãnh sự;"
    "Lãnh sự - Việt kiều;Tổ chức - Hành chính;Lễ tân - Đối ngoại;Kế hoạch - Tổng hợp;Quản lý xuất nhập cảnh;Biên giới lãnh thổ;"
    "Văn hóa - Xã hội;Quản lý dự án;Thanh tra;Pháp chế;An ninh đối ngoại;Chính sách;Quan hệ quốc tế;Tham mưu tổng hợp"
).split(";")
_MINISTRIES = (
    "Ngoại giao;Công an;Quốc phòng;Nội vụ;Tư pháp;Tài chính;Kế hoạch và Đầu tư;Công Thương;Xây dựng;Y tế;Khoa học và Công nghệ;"
    "Giáo dục và Đào tạo;Giao thông vận tải;Thông tin và Truyền thông;Tài nguyên và Môi trường;Văn hóa, Thể thao và Du lịch;"
    "Nông nghiệp và Phát triển nông thôn;Lao động - Thương binh và Xã hội"
).split(";")
_CENTRAL = (
    "Chính phủ;Thủ tướng Chính phủ;Quốc hội;Ban Bí thư;Bộ Chính trị;Ban Bí thư Trung ương Đảng;Ban Đối ngoại Trung ương;"
    "Ban Tuyên giáo Trung ương;Ban Tổ chức Trung ương;Văn phòng Chính phủ;Văn phòng Trung ương Đảng;Cục Lãnh sự;Cục Ngoại vụ;"
    "Cục Lễ tân Nhà nước;Cục Quản lý xuất nhập cảnh;Vụ Hợp tác quốc tế;Ủy ban Nhà nước về người Việt Nam ở nước ngoài;"
    "Ủy ban Thường vụ Quốc hội;Liên hiệp các tổ chức hữu nghị Việt Nam;Thanh tra Chính phủ;Ngân hàng Nhà nước Việt Nam;"
    "Ủy ban Trung ương Mặt trận Tổ quốc Việt Nam;Thông tấn xã Việt Nam;Đài Truyền hình Việt Nam;Viện Hàn lâm Khoa học xã hội"
).split(";")
_ASSOCIATIONS = (
    "Hội Nông dân;Hội Liên hiệp Phụ nữ;Hội Cựu chiến binh;Hội Chữ thập đỏ;Hội Người cao tuổi;Hội Khuyến học;Hội Luật gia;"
    "Hội Văn học nghệ thuật;Đoàn Thanh niên;Tỉnh đoàn;Liên đoàn Lao động;Liên hiệp các tổ chức hữu nghị;Hiệp hội Doanh nghiệp;"
    "Mặt trận Tổ quốc;Ủy ban Mặt trận Tổ quốc;Công an;Ban Chỉ huy Quân sự;Bộ Chỉ huy Quân sự;Bộ Chỉ huy Bộ đội Biên phòng;"
    "Bộ đội Biên phòng;Kho bạc Nhà nước;Bảo hiểm xã hội;Trung tâm Y tế;Trung tâm Xúc tiến đầu tư;Ban Quản lý Khu kinh tế;"
    "Ban Quản lý các khu công nghiệp;Bệnh viện Đa khoa;Đài Phát thanh và Truyền hình;Ban Dân vận;Ban Tuyên giáo;Thanh tra;"
    "Tòa án nhân dân;Viện kiểm sát nhân dân;Chi cục Thống kê;Cục Thống kê;Cục Hải quan;Chi cục Kiểm lâm;Trung tâm Văn hóa"
).split(";")
_COMMITTEES = ("UBND", "UBND", "UBND", "Ủy ban nhân dân", "Uỷ ban nhân dân", "HĐND", "Hội đồng nhân dân")
_PARTY = {"tỉnh": "Tỉnh ủy", "huyện": "Huyện ủy", "quận": "Quận ủy", "thị xã": "Thị ủy", "thành phố": "Thành ủy", "xã": "Đảng ủy"}
_GOALS = (
    "Cấp nước sạch;Giảm nghèo;Phát triển chăn nuôi;Trồng rừng;Xây dựng trường học;Nâng cấp trạm y tế;Cải thiện sinh kế;"
    "Phòng chống thiên tai;Hỗ trợ trẻ em khuyết tật;Đào tạo nghề;Bảo tồn di sản;Xử lý rác thải;Nâng cao năng lực;Phục hồi rừng;"
    "Xây dựng cầu;Kiên cố hóa kênh mương;Quản lý tài nguyên nước;Thích ứng với biến đổi khí hậu;Phát triển du lịch cộng đồng;"
    "Chăm sóc sức khỏe sinh sản;Bình đẳng giới;Rà phá bom mìn;Tín dụng vi mô;Học bổng;Phẫu thuật miễn phí;Dạy tiếng Anh;"
    "Xúc tiến đầu tư;Chuyển đổi số;Hội nhập quốc tế;Kết nối giao thông;Phát triển đô thị xanh;Năng lượng tái tạo;"
    "Thông tin đối ngoại;Khuyến nông;Phát triển chuỗi giá trị lúa gạo;Vệ sinh môi trường;An toàn thực phẩm;Giáo dục mầm non;"
    "Hiện đại hóa thủy lợi;Nuôi trồng thủy sản bền vững;Phòng chống mua bán người;Bảo vệ trẻ em;Xây dựng nhà văn hóa"
).split(";")
_SCOPES = (
    "nông thôn;vùng ven biển;cho hộ nghèo;các xã biên giới;cho phụ nữ dân tộc thiểu số;dựa vào cộng đồng;giai đoạn hai;"
    "cho thanh niên;vùng đồng bào dân tộc;các tỉnh miền núi phía Bắc;đồng bằng sông Cửu Long;ở cơ sở;cấp tỉnh;tuyến huyện;"
    "cho trẻ em nghèo;và vệ sinh môi trường;và phát triển bền vững;theo hướng hữu cơ;cho người cao tuổi;khu vực miền Trung;"
    "vùng lũ;trong trường học;và trồng rừng ngập mặn;phục vụ xuất khẩu;quy mô nhỏ;ứng phó với hạn hán;của nạn nhân chất độc"
).split(";")
_BRANDS = (
    "Mái ấm;Nâng bước;Ước mơ;Trái tim;Cánh cửa;Nhịp cầu;Áo ấm;Bữa cơm;Tủ sách;Ngôi sao;Con đường;Giọt nước;Nụ cười;Ánh sáng;Mùa xuân;"
    "Hơi ấm;Ngọn đèn;Hành trình;Chuyến xe;Vòng tay;Sắc màu;Hạt gạo;Thắp sáng;Kết nối"
).split(";")
_BRAND_TAILS = (
    "biên cương;em tới trường;mùa đông;vùng cao;nghĩa tình;yêu thương;tương lai;bản làng;hy vọng;quê hương;tuổi thơ;hữu nghị;"
    "xanh;biển đảo;kiều bào;bạn bè năm châu;đoàn kết;nhân ái;tri thức;sẻ chia"
).split(";")
_EVENT_HEADS = (
    "Hội nghị;Hội nghị;Hội nghị xúc tiến đầu tư;Hội thảo;Hội thảo khoa học;Hội thảo quốc tế;Tọa đàm;Diễn đàn;Hội chợ;Triển lãm;"
    "Lễ hội;Lễ hội;Festival;Ngày hội;Tuần lễ;Tuần;Ngày;Liên hoan;Cuộc thi;Hội thi;Giải;Giải bóng đá;Đêm nhạc;Đêm giao lưu;"
    "Chương trình giao lưu;Gặp mặt;Gặp gỡ;Trại hè;Lễ kỷ niệm;Lễ ký kết;Lễ khánh thành;Lễ khởi công;Lễ trao học bổng;Giao lưu;"
    "Hội xuân;Phiên chợ;Hội thi nấu ăn;Chạy việt dã;Đại hội;Hội báo;Liên hoan phim;Trại sáng tác;Lễ đón nhận;Lễ kết nghĩa"
).split(";")
_EVENT_TOPICS = (
    "văn hóa, thể thao và du lịch;hữu nghị;thương mại biên giới;Việt - Lào;Việt Nam - Hàn Quốc;Việt - Nhật;Việt - Trung;"
    "xúc tiến du lịch;hoa anh đào;ẩm thực các nước;áo dài;trái cây;cà phê;hoa tam giác mạch;đua thuyền;dân ca các dân tộc;"
    "kết nối cung cầu;phát triển nông nghiệp công nghệ cao;bảo tồn di sản;phim châu Âu;ảnh biển đảo;tiếng hát hữu nghị;"
    "doanh nghiệp FDI;kiều bào xuân quê hương;thanh niên tình nguyện;hàng thủ công truyền thống;nghệ thuật quần chúng;"
    "bóng chuyền nữ mở rộng;hợp tác Đông Tây;logistics và cửa khẩu;chuyển đổi số;Quốc khánh nước bạn;hùng biện tiếng Anh;"
    "gặp gỡ châu Âu;hợp tác phi chính phủ;thiết lập quan hệ ngoại giao;tiêu thụ nông sản;yoga quốc tế;điêu khắc đá;tắm bùn;"
    "sách và văn hóa đọc;năng lượng xanh;cây dược liệu;thiếu nhi quốc tế;kết nghĩa bản - bản"
).split(";")

_POSTS = (
    "Chủ tịch;Phó Chủ tịch;Phó Chủ tịch Thường trực;Bí thư;Phó Bí thư;Phó Bí thư Thường trực;Giám đốc;Phó Giám đốc;Chánh Văn phòng;"
    "Phó Chánh Văn phòng;Trưởng phòng;Phó Trưởng phòng;Trưởng ban;Phó Trưởng ban;Cục trưởng;Vụ trưởng;Chủ nhiệm;Hiệu trưởng;"
    "Chánh Thanh tra;Đại sứ;Tổng Lãnh sự;Tham tán;Bí thư thứ nhất;Chỉ huy trưởng;Trưởng Công an;Trưởng đại diện;Viện trưởng"
).split(";")


def person(rng: Random) -> str:
    """Return a person's name; one in twelve is foreign."""
    if rng.random() < 0.08:
        return " ".join(_alien(rng) for _ in range(rng.randint(2, 3)))
    middles = rng.choices((0, 1, 2), (0.1, 0.7, 0.2))[0]
    parts = [rng.choice(_FAMILIES), *(rng.choice(_MIDDLES) for _ in range(middles)), rng.choice(_GIVEN)]
    return " ".join(parts)


def _alien(rng: Random) -> str:
    return "".join(rng.choice(_ALIEN) for _ in range(rng.randint(2, 3))).capitalize()


def _bare_place(rng: Random) -> str:
    shape = rng.random()
    if shape < 0.06:
        return rng.choice(_HIGHLAND)
    if shape < 0.1:
        return f"{rng.choice(_PLACE)} {rng.choice(_PLACE)} {rng.choice(('Đông', 'Tây', 'Nam', 'Bắc', 'Hạ', 'Thượng'))}"
    return f"{rng.choice(_PLACE)} {rng.choice(_PLACE)}"


def city(rng: Random) -> str:
    """Return a place abroad, old and new spelling."""
    if rng.random() < 0.4:
        return rng.choice(_CITIES)
    return " ".join(_alien(rng) for _ in range(rng.choices((1, 2), (0.75, 0.25))[0]))


def place(rng: Random, kind: str = "") -> str:
    """Return a place of Việt Nam with the kind word; an empty ``kind`` gives a bare name, "?" any kind."""
    if kind == "?":
        kind = rng.choice(_KINDS)
    if kind.lower() in {"quận", "phường"} and rng.random() < 0.3:
        return f"{kind} {rng.randint(1, 12)}"
    return f"{kind} {_bare_place(rng)}".strip()


def foreign_place(rng: Random) -> str:
    """Return a place abroad with its kind."""
    return f"{rng.choice(('tỉnh', 'thành phố', 'bang', 'quận', 'huyện', 'vùng'))} {city(rng)}"


def _of_place(rng: Random) -> str:
    """Return the level that ends the name of an office: "huyện", "tỉnh Quảng Minh", or nothing."""
    kind = rng.choice(_KINDS)
    return rng.choices(("", f" {kind}", f" {place(rng, kind)}"), (0.15, 0.4, 0.45))[0]


def office(rng: Random) -> str:
    """Return an office of the State, the Party or a mass organisation."""
    shape = rng.random()
    kind = rng.choice(_KINDS)
    if shape < 0.25:
        return f"{rng.choice(_COMMITTEES)} {rng.choices((kind, place(rng, kind)), (0.4, 0.6))[0]}"
    if shape < 0.4:
        return f"Sở {rng.choice(_DEPARTMENTS)}" + rng.choices(("", " tỉnh", f" tỉnh {_bare_place(rng)}"), (6, 1, 3))[0]
    if shape < 0.52:
        return f"Phòng {rng.choice(_DIVISIONS)}" + rng.choices(("", _of_place(rng)), (6, 4))[0]
    if shape < 0.6:
        return f"Bộ {rng.choice(_MINISTRIES)}"
    if shape < 0.68:
        return rng.choice(_CENTRAL)
    if shape < 0.76:
        party = _PARTY.get(kind, "Đảng ủy")
        head = rng.choice(("", "Ban Thường vụ ", "Thường trực ", "Ban Dân vận ", "Ban Tổ chức ", "Văn phòng ", "Ban Tuyên giáo "))
        return f"{head}{party}" + rng.choice(("", f" {_bare_place(rng)}"))
    if shape < 0.82:
        both = rng.choice(("HĐND và UBND", "UBND", "HĐND-UBND", "HĐND - UBND", "Đoàn ĐBQH và HĐND"))
        return f"{rng.choice(('Văn phòng', 'VP'))} {both}" + rng.choices((f" {kind}", f" {place(rng, kind)}"), (6, 4))[0]
    return rng.choice(_ASSOCIATIONS) + _of_place(rng)


def company(rng: Random) -> str:
    """Return a company."""
    form = rng.choice(
        ("Công ty TNHH", "Công ty TNHH", "Công ty Cổ phần", "Công ty CP", "Công ty TNHH MTV", "Tập đoàn", "Tổng công ty", "Công ty")
    )
    field = rng.choices(("", f" {rng.choice(_FIELDS)}", f" {rng.choice(_FIELDS)} và {rng.choice(_FIELDS)}"), (3, 6, 1))[0]
    own = rng.choice(
        (
            f"{rng.choice(_GIVEN)} {rng.choice(_GIVEN)}",
            f"{rng.choice(_LATIN)} {rng.choice(('Việt Nam', 'Vina', rng.choice(_LATIN)))}",
            rng.choice(_LATIN),
            _bare_place(rng),
            _alien(rng),
        )
    )
    return f"{form}{field} {own}"


def ngo(rng: Random) -> str:
    """Return an aid organisation."""
    head = rng.choice(("Tổ chức", "Tổ chức", "Tổ chức", "Quỹ", "Hội", "Hiệp hội", "Mạng lưới"))
    own = rng.choice(
        (
            f"{rng.choice(_LATIN)} {rng.choice(_LATIN)}",
            f"{rng.choice(_LATIN)} {rng.choice(('International', 'Foundation', 'Vietnam', 'for Children', 'in Vietnam'))}",
            f"{rng.choice(_NGO_WORDS)} {rng.choice(_NGO_WORDS)}",
            f"{rng.choice(_NGO_WORDS)} {rng.choice(_NGO_WORDS).lower()}",
            "".join(rng.choice("ABCDEFGHIKLMNOPRSTUVW") for _ in range(rng.randint(3, 5))),
        )
    )
    return f"{head} {own}"


def partner(rng: Random) -> str:
    """Return a foreign body."""
    country = rng.choice(COUNTRIES)
    forms: Sequence[Callable[[], str]] = (
        lambda: f"Đại sứ quán {country}{rng.choice(('', ' tại Việt Nam', ' tại Hà Nội'))}",
        lambda: f"Tổng Lãnh sự quán {country}{rng.choice(('', ' tại Đà Nẵng', ' tại Thành phố Hồ Chí Minh'))}",
        lambda: f"Cơ quan Hợp tác quốc tế {country}",
        lambda: f"Cơ quan {rng.choice(('Phát triển', 'Hợp tác kỹ thuật', 'Hợp tác', 'Viện trợ phát triển'))} {country}",
        lambda: f"Ngân hàng {rng.choice(('Phát triển', 'Tái thiết', 'Đầu tư', 'Xuất nhập khẩu'))} {rng.choice((country, 'châu Á', 'châu Âu'))}",
        lambda: f"Trường {rng.choice(('Đại học', 'Cao đẳng', 'Trung học'))} {city(rng)}",
        lambda: f"Đại học {city(rng)}",
        lambda: f"Hiệp hội {rng.choice(('Doanh nghiệp', 'Du lịch', 'Thương mại', 'Nông dân'))} {country}{rng.choice(('', ' tại Việt Nam'))}",
        lambda: f"Phòng Thương mại và Công nghiệp {country}",
        lambda: f"Hội {rng.choice(('hữu nghị', 'Hữu nghị'))} {country} - Việt Nam",
        lambda: f"Viện {rng.choice(('Nghiên cứu', 'Goethe', 'Công nghệ', 'Khoa học'))} {rng.choice((country, city(rng)))}",
        lambda: f"Trung tâm {rng.choice(('Văn hóa', 'Giao lưu', 'Hợp tác', 'Xúc tiến thương mại'))} {country}",
        lambda: f"Quỹ {rng.choice(('Nhi đồng Liên hợp quốc', 'Dân số Liên hợp quốc', 'Môi trường toàn cầu', 'Saemaul', 'Toyota', 'Hòa bình'))}",
        lambda: f"Tổ chức {rng.choice(('Y tế thế giới', 'Lao động quốc tế', 'Di cư quốc tế', 'Nông lương Liên hợp quốc'))}",
        lambda: f"Chính quyền {foreign_place(rng)}",
        lambda: rng.choice(("UNESCO", "UNICEF", "UNDP", "WHO", "FAO", "JICA", "KOICA", "GIZ", "USAID", "ADB", "WB", "AFD", "EU", "ASEAN")),
        lambda: f"Hội đồng {rng.choice(('thành phố', 'tỉnh', 'vùng'))} {city(rng)}",
        lambda: f"Học viện {rng.choice(('Nông nghiệp', 'Sư phạm', 'Ngoại ngữ', 'Y khoa'))} {city(rng)}",
    )  # fmt: skip
    return rng.choice(forms)()


def body(rng: Random) -> str:
    """Return any organisation that is no office of Việt Nam."""
    return rng.choice((company, ngo, partner))(rng)


def post(rng: Random) -> str:
    """Return a post with its office."""
    lead = rng.choice(_POSTS)
    if lead.endswith("phòng") and lead[0] in "TP" and "Chánh" not in lead:
        return f"{lead} {rng.choice(_DIVISIONS)}" + rng.choice(("", _of_place(rng)))
    kind = rng.choice(_KINDS)
    if lead.startswith(("Chánh Văn", "Phó Chánh Văn")):
        return f"{lead} {rng.choice(('HĐND và UBND', 'UBND', 'Tỉnh ủy'))}" + rng.choice(("", f" {kind}"))
    if "Bí thư" in lead and lead != "Bí thư thứ nhất":
        return f"{lead} {_PARTY.get(kind, 'Đảng ủy')}"
    if "Chủ tịch" in lead:
        return f"{lead} {rng.choice(('UBND', 'HĐND', 'Ủy ban nhân dân'))} {rng.choices((kind, place(rng, kind)), (7, 3))[0]}"
    if "Giám đốc" in lead:
        return f"{lead} Sở {rng.choice(_DEPARTMENTS)}"
    return rng.choices((lead, f"{lead} {office(rng)}"), (0.2, 0.8))[0]


def event(rng: Random) -> str:
    """Return an event; capitals inside are a matter of habit."""
    topic = rng.choice(_EVENT_TOPICS)
    if rng.random() < 0.5:
        topic = topic[:1].upper() + topic[1:]
    tail = rng.choices(("", f" {rng.choice(_EVENT_TOPICS)}", f" lần thứ {rng.choice(('I', 'II', 'III', '5', 'nhất', 'hai'))}"), (7, 2, 1))[0]
    return f"{rng.choice(_EVENT_HEADS)} {topic}{tail}"


def programme(rng: Random, head: str = "?") -> str:
    """Return a programme or project; ``head`` is the word before its name, "?" any, may be empty."""
    if head == "?":
        head = rng.choice(("Chương trình", "chương trình", "Dự án", "dự án", "dự án", "Đề án", "đề án", "tiểu dự án", ""))
    if rng.random() < 0.25:
        own = f"{rng.choice(_BRANDS)} {rng.choice(_BRAND_TAILS)}"
    else:
        own = rng.choice(_GOALS)
        if rng.random() < 0.75:
            own += f" {rng.choice(_SCOPES)}"
        if rng.random() < 0.15:
            own += f" {rng.choice(_SCOPES)}"
    if head and rng.random() < 0.45:
        own = own[:1].lower() + own[1:]
    return f"{head} {own}".strip()
