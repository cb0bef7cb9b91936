/** What a column of a view or of a file may say; `changedAt` orders the view and is no part of the job. */
export const jobFields = {
  jobNumber: ['job_number', '任务编号', '任务号', '派车单号', '流水号'],
  changedAt: ['changed_at', '更新时间', '修改时间'],
  vehicleId: ['vehicle_id', '车辆编号'],
  plate: ['plate', '车牌', '车牌号', '车牌号码'],
  callSign: ['call_sign', '呼号', '车辆呼号', '车组'],
  callAt: ['call_at', '呼救时间', '来电时间'],
  answerAt: ['answer_at', '接听时间', '受理时间'],
  dispatchAt: ['dispatch_at', '调度时间', '派车时间'],
  departAt: ['depart_at', '出车时间'],
  complaint: ['complaint', '主诉', '呼救原因'],
  complaintCodes: ['complaint_codes', '主诉代码'],
  sex: ['sex', '性别', '患者性别'],
  ageYears: ['age_years', 'age', '年龄', '患者年龄'],
  address: ['address', '地址', '现场地址', '接车地址'],
  latitudeDeg: ['latitude_deg', 'latitude', '纬度'],
  longitudeDeg: ['longitude_deg', 'longitude', '经度'],
  datum: ['datum', '坐标系'],
  callerPhone: ['caller_phone', '来电号码', '呼救电话', '联系电话'],
  callerName: ['caller_name', '联系人', '呼救人'],
  patientName: ['patient_name', '姓名', '患者姓名'],
  note: ['note', '备注'],
  isWithdrawn: ['is_withdrawn', '撤销', '是否撤销', '已撤销'],
} as const satisfies Record<string, readonly string[]>;

export type JobField = keyof typeof jobFields;
/** The cells of one row by what they say, as texts; a field with no column is absent. */
export type JobCells = Partial<Record<JobField, string | null>>;

/** JobNumber, job_number and "Job number" are one name. */
const plainName = (name: string): string => name.toLowerCase().replace(/[\s_-]/g, '');

const fieldByName = new Map<string, JobField>(
  (Object.keys(jobFields) as JobField[]).flatMap((field) => jobFields[field].map((name) => [plainName(name), field])),
);

/** Which field each column is; null: a column of the centre's own, not read. */
export const fieldOfColumn = (name: string): JobField | null => fieldByName.get(plainName(name)) ?? null;

/** Why these columns cannot be read as jobs; null: they can. */
export function columnsCode(fields: readonly (JobField | null)[]): 'columns.twice' | 'columns.no-job-number' | null {
  const known = fields.filter((field) => field !== null);
  if (!known.includes('jobNumber')) return 'columns.no-job-number';
  return new Set(known).size < known.length ? 'columns.twice' : null;
}
