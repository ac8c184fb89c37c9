"""Writes a register with the program that is given, in which every kind of stream and every keyed command stands, and
beside it the answers of that program to each key asked again: `keyed_register.py PROGRAM PROJECT REGISTER`.

format-5.register and format-5.json of Tests/Fixtures/registers were written by the build of 24 November 2026, the last
with two tables of answers. A later build has to give the same answers.
"""
import json, os, pathlib, shutil, socket, subprocess, sys, tempfile, time, urllib.error, urllib.request
BIN = os.path.abspath(sys.argv[1])
ROOT = pathlib.Path(sys.argv[2]).resolve()
R = pathlib.Path(sys.argv[3]).resolve()
F = pathlib.Path(tempfile.mkdtemp())
R.unlink(missing_ok=True)
env=dict(os.environ,PREAVIS_CONFIG='',PREAVIS_REGISTER=str(R),PREAVIS_CALENDARS=str(ROOT/'calendars'),PREAVIS_TEMPLATES=str(ROOT/'templates'),LANG='en_GB.UTF-8',USER='camille',LOGNAME='camille')
log=[]
def run(now,*args,want=0,stdin=None):
    e=dict(env,PREAVIS_NOW=now); p=subprocess.run([BIN,*args],env=e,capture_output=True,text=True,input=stdin)
    assert p.returncode==want,(args,p.returncode,p.stdout,p.stderr)
    return p.stdout
keyed=[]
n=0
def k(now,*args,want=0):
    """a keyed command: done, and asked again later"""
    global n; n+=1; key=f'key-{n}'
    a=[*args,'--idempotency-key',key,'--json']
    first=run(now,*a,want=want)
    keyed.append(dict(arguments=a,exit=want)); return first
run('2026-10-19T09:00:00+02:00','init','--simulation')
T='2026-10-19T09:10:00+02:00'
k(T,'submit','--start','2026-10-22T05:00','--end','2026-10-22T06:00','--title','Migration de la base « étape 1 »','--component','application','--description','Deux lignes.\nAccents é, emoji 🛠.','--reason','Fin de support')
k(T,'submit','--start','2026-10-27T10:00','--duration','1h','--title','Version 5.2','--update','5.2','--category','evolution','--training','--no-interruption','--documentation','https://portal.example/5.2')
k(T,'submit','--start','2026-10-21T00:00','--duration','30m','--title','Trop tôt',want=3)
k(T,'emergency','--start','2026-10-19T08:40','--end','2026-10-19T09:05','--title','Disque plein','--reason','Alarme de stockage')
k(T,'submit','--start','2026-10-25T08:00','--duration','2h','--title','Bascule','--component','application','--component','flux')
k(T,'submit','--start','2026-10-25T09:00','--duration','30m','--title','À côté','--alongside','CHG-2026-0005')
T='2026-10-19T11:00:00+02:00'
k(T,'reschedule','CHG-2026-0003','--start','2026-10-23T00:00','--duration','30m')
k(T,'reschedule','CHG-2026-0001','--start','2026-10-22T05:10','--end','2026-10-22T05:50','--reason','Moins long « que prévu »')
k(T,'reschedule','CHG-2026-0006','--start','2026-10-25T09:15','--duration','30m','--reason','Plus tard\tun peu'.replace('\t',' '),'--alongside','CHG-2026-0005')
k(T,'amend','CHG-2026-0005','--title','Bascule du site','--impact','degraded','--component','application','--reason','Un seul composant')
k(T,'amend','CHG-2026-0002','--documentation','https://portal.example/5.2b','--no-training','--description','Avec notice.','--reason','Notice à jour')
k(T,'cancel','CHG-2026-0006','--reason','Inutile "finalement"')
k(T,'notices','published','CHG-2026-0002','--kind','update','--channel','portal')
k(T,'notices','published','CHG-2026-0001','--kind','announcement','--channel','mail','--at','2026-10-19T10:00')
k(T,'outage','record','--start','2026-10-18T10:00','--end','2026-10-18T11:00','--cause','incident','--title','Base muette','--component','application','--evidence','ticket 42')
k(T,'outage','record','--start','2026-10-19T10:30','--cause','incident','--title','Lenteurs')
k(T,'outage','amend','OUT-2026-0002','--end','2026-10-19T10:50')
k(T,'outage','amend','OUT-2026-0001','--start','2026-10-18T10:05','--cause','force-majeure','--title','Base muette (réseau)','--evidence','lettre','--component','flux','--reason','Correction')
k(T,'outage','record','--start','2026-10-17T10:00','--end','2026-10-17T11:00','--cause','incident','--title','Doublon')
k(T,'outage','void','OUT-2026-0003','--reason','Doublon')
k(T,'outage','amend','OUT-2026-0002','--ongoing','--reason','Toujours là')
k(T,'gate','override','--reason','Connexion en panne, 5.2.2','--for','30m')
k('2026-10-19T11:05:00+02:00','gate','override','--end','--reason','Corrigé')
k('2026-10-19T11:06:00+02:00','gate','override','--environment','preproduction','--reason','Essai','--for','2h')
# rows of an import: keys of their content
(F/'rows.csv').write_text('title;start;duration;impact;idempotency_key\nPurge des journaux;2026-10-30T01:00;1h;none;\nPurge 2;2026-10-31T01:00;1h;degraded;row-2\n')
run('2026-10-19T11:10:00+02:00','import',str(F/'rows.csv'))
T='2026-10-22T05:12:00+02:00'
k(T,'start','CHG-2026-0001')
k('2026-10-22T05:40:00+02:00','extend','CHG-2026-0001','--end','2026-10-22T06:30','--reason','Index plus longs')
k('2026-10-22T06:10:00+02:00','complete','CHG-2026-0001','--at','2026-10-22T06:05')
k('2026-10-23T00:05:00+02:00','start','CHG-2026-0003','--at','2026-10-23T00:01','--reason','Retard')
N='2026-10-23T00:06:00+02:00'
# grants, on the file and by key through the server
run(N,'token','create','--name','chloe','--role','release-manager','--json')
admin=json.loads(run(N,'token','create','--name','ada','--role','admin','--json'))
run(N,'token','create','--name','ancien','--role','engineer','--expires','12h','--json')
run(N,'token','revoke','TOK-0001')
run(N,'webhook','create','--url','https://hooks.example/a','--event','change.planned','--json')
run(N,'webhook','create','--url','https://hooks.example/b','--json')
run(N,'webhook','revoke','HOOK-0001')
run(N,'mailing','create','--to','client@example.org','--kind','announcement','--json')
run(N,'private-feed','create','--client','cabinet-durand','--service','profession-liberale','--component','application','--json')
s=socket.socket(); s.bind(('127.0.0.1',0)); port=s.getsockname()[1]; s.close()
p=subprocess.Popen([BIN,'serve','--listen',f'127.0.0.1:{port}'],env=dict(env,PREAVIS_NOW=N),stdout=subprocess.DEVNULL,stderr=open(F/'serve.log','w'))
for _ in range(100):
    try: urllib.request.urlopen(f'http://127.0.0.1:{port}/readyz'); break
    except Exception: time.sleep(.1)
calls=[]
def call(method,path,body,key,headers={}):
    def once():
        r=urllib.request.Request(f'http://127.0.0.1:{port}/api/v1{path}',method=method,data=None if body is None else json.dumps(body).encode(),headers={'authorization':'Bearer '+admin['secret'],'content-type':'application/json','idempotency-key':key,'accept-language':'en',**headers})
        try: a=urllib.request.urlopen(r); return a.status,a.read().decode()
        except urllib.error.HTTPError as e: return e.code,e.read().decode()
    a=once(); b=once()
    assert a[0] in (200,201) and b[0] in (200,201),(path,a,b)
    calls.append(dict(method=method,path=path,body=body,key=key,headers=headers,status=b[0],answer=b[1]))
call('POST','/tokens',dict(name='pipeline',role='engineer',digest='ab'*32),'api-1')
call('POST','/webhooks',dict(url='https://hooks.example/c',service='profession-liberale',events=['change.planned']),'api-2')
call('POST','/mailings',dict(address='autre@example.org',service='profession-liberale',language='fr'),'api-3')
call('POST','/private-feeds',dict(client='cabinet-martin',services=[dict(service='profession-liberale')]),'api-4')
call('DELETE','/webhooks/HOOK-0002',None,'api-5')
call('DELETE','/tokens/TOK-0003',None,'api-6')
call('POST','/changes',dict(title='Par le serveur',start='2026-11-01T05:00',duration='1h'),'api-7')
call('POST','/gate/profession-liberale/overrides',dict(reason='Serveur',duration='30m'),'api-8')
call('POST','/outages',dict(cause='incident',start='2026-10-22T15:00',end='2026-10-22T16:00',title='API'),'api-9')
call('POST','/changes/CHG-2026-0009/cancel',dict(reason='Non'),'api-10',{'if-match':'"0"'})
p.terminate(); p.wait()
# asked again, as the old build answers: what the new one has to answer too
LATE='2026-10-23T01:00:00+02:00'
copy=F/'again.register'
for e in keyed:
    shutil.copy(R,copy)
    e['answer']=None
    x=dict(env,PREAVIS_NOW=LATE,PREAVIS_REGISTER=str(copy))
    q=subprocess.run([BIN,*e['arguments']],env=x,capture_output=True,text=True)
    assert q.returncode==e['exit'],(e,q.stderr)
    e['answer']=q.stdout
copy.unlink()
reused=subprocess.run([BIN,'submit','--start','2026-12-06T05:00','--duration','1h','--title','Autre','--idempotency-key','key-16','--json'],env=dict(env,PREAVIS_NOW=LATE),capture_output=True,text=True)
R.with_suffix('.json').write_text(json.dumps(dict(now=LATE,secret=admin['secret'],commands=keyed,calls=calls,reused=dict(exit=reused.returncode,error=reused.stderr)),ensure_ascii=False,indent=1)+'\n')
print(run(LATE,'register','verify')); print(run(LATE,'register','info'))
print(len(keyed),len(calls))
