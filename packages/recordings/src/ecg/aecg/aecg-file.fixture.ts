/** A writer of HL7 annotated ECGs for tests. */
export interface AecgParts {
  readonly time: string;
  readonly sequences: string;
  readonly annotations: string;
  /** Further `component`s beside the rhythm series. */
  readonly others: string;
}

export const timeSequence = (head: string, increment: string): string =>
  `<component><sequence><code code="TIME_ABSOLUTE"/><value xsi:type="GLIST_TS"><head value="${head}"/>
   <increment ${increment}/></value></sequence></component>`;

export const leadSequence = (lead: string, digits: string, scale = '2.5', unit = 'uV', origin = '0'): string =>
  `<component><sequence><code code="MDC_ECG_LEAD_${lead}"/><value xsi:type="SLIST_PQ"><origin value="${origin}" unit="${unit}"/>
   <scale value="${scale}" unit="${unit}"/><digits>${digits}</digits></value></sequence></component>`;

export const usualAecg: AecgParts = {
  time: timeSequence('20021122091000.000', 'value="0.002" unit="s"'),
  sequences: ['I', 'II', 'III', 'AVR', 'AVL', 'AVF', 'V1', 'V2', 'V3', 'V4', 'V5', 'V6']
    .map((lead, at) => leadSequence(lead, `${at} -1  2\n  3`))
    .join(''),
  annotations: `<component><annotation><code code="MDC_ECG_RHY"/>
     <value xsi:type="CE" code="MDC_ECG_RHY_SINUS_RHY" displayName="Sinus Rhythm"/></annotation></component>
   <component><annotation><code code="MDC_ECG_INTERPRETATION"/><component><annotation>
     <code code="MDC_ECG_INTERPRETATION_STATEMENT"/><value xsi:type="ST">Anterior infarct, acute</value>
   </annotation></component></annotation></component>
   <component><annotation><code code="MDC_ECG_TIME_PD_QRS"/><value xsi:type="PQ" value="120" unit="ms"/></annotation></component>
   <component><annotation><code code="MDC_ECG_ST"/><value xsi:type="PQ" value="0.3" unit="mV"/>
     <support><supportingROI><component><boundary><code code="MDC_ECG_LEAD_V2"/></boundary></component></supportingROI></support>
   </annotation></component>
   <component><annotation><code code="MDC_ECG_BEAT"/><value xsi:type="CE" code="MDC_ECG_BEAT_NORMAL"/>
     <component><annotation><code code="MDC_ECG_TIME_PD_P"/><value xsi:type="PQ" value="102" unit="ms"/></annotation></component>
   </annotation></component>`,
  others: '',
};

export const aecgXml = ({ time, sequences, annotations, others }: AecgParts): string =>
  `<AnnotatedECG xmlns="urn:hl7-org:v3" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" type="Observation">
<componentOf><timepointEvent><componentOf><subjectAssignment><subject><trialSubject><id root="1" extension="SBJ-123"/>
 <subjectDemographicPerson><name>Clark</name><administrativeGenderCode code="M"/><birthTime value="19530508"/>
 </subjectDemographicPerson></trialSubject></subject></subjectAssignment></componentOf></timepointEvent></componentOf>
<controlVariable><relatedObservation><code code="21612-7"/><value xsi:type="PQ" value="46" unit="a"/></relatedObservation></controlVariable>
<pertainsTo><subjectFindingComment><text>felt dizzy</text></subjectFindingComment></pertainsTo>
<component><series><code code="RHYTHM"/>
 <author><seriesAuthor><manufacturedSeriesDevice><id extension="S1"/><manufacturerModelName>ELI250</manufacturerModelName>
  <softwareName>5.3</softwareName></manufacturedSeriesDevice>
  <manufacturerOrganization><name>Mortara</name></manufacturerOrganization></seriesAuthor></author>
 <component><sequenceSet>${time}${sequences}</sequenceSet></component>
 <subjectOf><annotationSet>${annotations}</annotationSet></subjectOf>
</series></component>${others}</AnnotatedECG>`;
