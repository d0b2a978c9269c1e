import re
lines=[l for l in open('k.sass')]
ins=[];labels={}
for l in lines:
    m=re.match(r'^(\.L_[\w]+):',l.strip())
    if m: labels[m.group(1)]=len(ins); continue
    m=re.match(r'\s*/\*([0-9a-f]{4,})\*/\s+(.*);',l)
    if m: ins.append(m.group(2).strip())
print(len(ins),'instructions')
for i,t in enumerate(ins):
    m=re.search(r'BRA.*`\((\.L_[\w]+)\)',t)
    if m and m.group(1) in labels and labels[m.group(1)]<=i:
        b=labels[m.group(1)]; body=ins[b:i+1]
        c=lambda p:sum(1 for x in body if re.search(p,x))
        print(b,i,'len',len(body),'FFMA',c(r'\bFFMA'),'LDG',c(r'\bLDG'),'LDS',c(r'\bLDS'),'STS',c(r'\bSTS'),'STG',c(r'\bSTG'),'BAR',c(r'\bBAR'),'FADD',c(r'\bFADD'))
