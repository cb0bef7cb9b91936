/**
 * The invented county 东湖县, sketched in kilometres east and north of its seat. None of it exists; it lies on the
 * ground of Kunshan so that real drives and distances look right. Curves are laid through the
 * points (`east,north east,north ..`) by the generator.
 */
export const seat = { lat: 31.38, lon: 120.98 };

export const outline = {
  nameZh: '东湖县',
  nameEn: 'Donghu County',
  points:
    '-16.6,11.6 -14.2,15.6 -9.8,17.6 -5.6,16.6 -0.8,18.4 4.4,17.4 8.8,18.2 12.6,15.2 16.2,13.4 16.8,8.0 15.8,3.6 17.4,-1.0 16.2,-5.2 16.8,-10.4 13.6,-14.6 8.4,-15.6 4.6,-17.4 0.2,-16.6 -3.4,-18.0 -6.0,-15.0 -7.4,-11.8 -10.2,-10.4 -14.6,-11.0 -16.4,-7.6 -15.2,-3.0 -17.2,1.2 -16.4,5.8',
};

export const lakes = [
  {
    nameZh: '月湖',
    nameEn: 'Yue Lake',
    points: '-14.6,8.8 -12.8,10.6 -10.4,10.2 -8.6,8.4 -8.2,5.8 -9.4,3.6 -11.0,3.9 -12.4,5.2 -14.2,5.8',
  },
  {
    nameZh: '柳塘湖',
    nameEn: 'Liutang Lake',
    points: '3.4,14.6 5.2,15.6 7.2,15.2 8.0,14.0 6.6,12.9 5.0,12.6 3.8,13.2',
  },
  {
    nameZh: '东湖',
    nameEn: 'Dong Lake',
    points: '4.4,3.4 5.4,4.2 6.8,4.0 7.2,2.8 6.2,1.8 5.0,2.0',
  },
  {
    nameZh: '南浦荡',
    nameEn: 'Nanpu Mere',
    points: '-4.6,-12.0 -3.2,-11.2 -1.6,-11.6 -1.4,-13.0 -2.6,-13.8 -4.2,-13.4',
  },
];

export const rivers = [
  {
    nameZh: '青河',
    nameEn: 'Qing River',
    points:
      '-2.6,20.4 -2.2,15.0 -3.3,10.6 -1.7,6.6 -2.1,2.6 -1.3,-0.9 -0.6,-4.5 0.9,-8.2 2.9,-11.6 3.1,-15.0 4.8,-20.0',
  },
  {
    nameZh: '柳塘河',
    nameEn: 'Liutang River',
    points: '5.2,12.8 4.5,9.2 3.4,6.4 4.9,3.4 5.2,2.2 4.2,-1.9 5.3,-5.5 3.6,-9.3 2.9,-11.6',
  },
  {
    nameZh: '月湖运河',
    nameEn: 'Yuehu Canal',
    points:
      '-18.6,8.4 -15.8,7.2 -14.0,7.4 -8.4,6.4 -5.6,7.2 -3.4,6.0 -1.7,6.6 1.2,7.4 3.4,6.4 8.0,8.2 12.4,7.6 18.6,9.4',
  },
  {
    nameZh: '横塘',
    nameEn: 'Hengtang Canal',
    points: '-18.6,-5.0 -13.0,-5.6 -8.0,-4.6 -4.0,-5.8 -0.6,-4.5 5.3,-5.5 10.0,-4.4 14.0,-5.6 18.6,-4.8',
  },
];

/** `expressway` and `trunk` are drawn as road-1, `secondary` as road-2. */
export const roads = [
  {
    class: 'expressway',
    nameZh: '示东高速',
    nameEn: 'Shidong Expressway',
    points: '-18.4,-18.2 -13.2,-12.0 -8.0,-8.6 -2.4,-7.2 3.4,-7.0 8.8,-6.0 13.2,-3.2 18.6,-1.4',
  },
  {
    class: 'expressway',
    nameZh: '沿湖高速',
    nameEn: 'Yanhu Expressway',
    points: '3.0,20.2 2.5,13.6 1.6,8.0 2.4,3.0 2.7,-1.6 1.9,-7.1 0.3,-12.6 -0.8,-20.0',
  },
  {
    class: 'trunk',
    nameZh: '示范大道',
    nameEn: 'Shifan Avenue',
    points: '0,0 -2.6,-2.2 -5.4,-5.0 -8.2,-8.8 -10.0,-11.6 -10.9,-13.6',
  },
  {
    class: 'trunk',
    nameZh: '东湖大道',
    nameEn: 'Donghu Avenue',
    points: '0,0 3.6,-0.3 7.8,0.6 11.4,-0.6 13.6,-1.8 18.4,-3.0',
  },
  {
    class: 'secondary',
    nameZh: '湖滨路',
    nameEn: 'Hubin Road',
    points: '0,0 -1.6,2.0 -3.5,4.0 -6.8,3.0 -9.6,2.2 -12.8,2.4',
  },
  {
    class: 'secondary',
    nameZh: '北湖路',
    nameEn: 'Beihu Road',
    points: '-3.5,4.0 -4.6,7.4 -6.4,10.6 -7.6,13.2 -10.4,17.4',
  },
  {
    class: 'secondary',
    nameZh: '柳塘路',
    nameEn: 'Liutang Road',
    points: '0,0 1.0,3.4 3.2,5.0 6.0,7.4 8.6,11.0 10.6,16.2',
  },
  {
    class: 'secondary',
    nameZh: '荷塘路',
    nameEn: 'Hetang Road',
    points: '8.6,11.0 11.0,8.4 12.6,5.2 13.8,1.6 13.6,-1.8',
  },
  {
    class: 'secondary',
    nameZh: '桥青路',
    nameEn: 'Qiaoqing Road',
    points: '13.6,-1.8 11.8,-5.2 8.7,-8.1 6.8,-10.4 4.4,-12.4',
  },
  {
    class: 'secondary',
    nameZh: '南青路',
    nameEn: 'Nanqing Road',
    points: '4.4,-12.4 1.4,-14.6 -2.4,-15.6 -6.8,-14.4 -10.9,-13.6',
  },
  {
    class: 'secondary',
    nameZh: '青河路',
    nameEn: 'Qinghe Road',
    points: '0,0 1.0,-3.4 2.2,-6.2 3.0,-9.6 4.4,-12.4',
  },
  {
    class: 'secondary',
    nameZh: '西港路',
    nameEn: 'Xigang Road',
    points: '-3.4,-3.0 -6.0,-3.6 -9.4,-6.4 -12.6,-8.0',
  },
  {
    class: 'secondary',
    nameZh: '环湖路',
    nameEn: 'Huanhu Road',
    points: '-12.6,-8.0 -13.8,-4.4 -13.2,-0.8 -12.8,2.4 -15.2,5.4 -15.4,9.0 -12.6,12.2 -7.6,13.2',
  },
  {
    class: 'secondary',
    nameZh: '北柳路',
    nameEn: 'Beiliu Road',
    points: '-7.6,13.2 -3.2,13.8 0.8,11.8 4.6,11.2 8.6,11.0',
  },
  {
    class: 'secondary',
    nameZh: '二院路',
    nameEn: 'Eryuan Road',
    points: '2.2,-6.2 5.2,-6.8 8.7,-8.1 12.6,-11.2',
  },
];

/** `rank` orders the labels: the city outside, the county's seat, its towns. */
export const towns = [
  { rank: 'city', nameZh: '示范市区', nameEn: 'Demo City', at: [-10.9, -13.6] },
  { rank: 'seat', nameZh: '东湖县城', nameEn: 'Donghu', at: [0, 0] },
  { rank: 'town', nameZh: '北湖镇', nameEn: 'Beihu', at: [-7.6, 13.2] },
  { rank: 'town', nameZh: '柳塘镇', nameEn: 'Liutang', at: [8.6, 11.0] },
  { rank: 'town', nameZh: '荷塘镇', nameEn: 'Hetang', at: [12.6, 5.2] },
  { rank: 'town', nameZh: '湖滨镇', nameEn: 'Hubin', at: [-12.8, 2.4] },
  { rank: 'town', nameZh: '西港镇', nameEn: 'Xigang', at: [-12.6, -8.0] },
  { rank: 'town', nameZh: '桥东镇', nameEn: 'Qiaodong', at: [13.6, -1.8] },
  { rank: 'town', nameZh: '青河镇', nameEn: 'Qinghe', at: [4.4, -12.4] },
  { rank: 'town', nameZh: '南浦镇', nameEn: 'Nanpu', at: [-2.4, -15.6] },
];
