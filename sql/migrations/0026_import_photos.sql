alter table garita.imports add column photo text not null default '';
comment on column garita.imports.photo is 'The original''s file whose picture was taken; empty: none yet.';
