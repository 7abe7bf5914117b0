-- A photo is the name of its two files: 32 hexadecimal digits, drawn by the worker. Nothing else ever becomes a path.
alter table garita.users drop constraint users_photo_length,
    add constraint users_photo_name check (photo ~ '^([0-9a-f]{32})?$');
alter table garita.residents drop constraint residents_photo_length,
    add constraint residents_photo_name check (photo ~ '^([0-9a-f]{32})?$');
alter domain garita.visitors_photo drop constraint visitors_photo_length;
alter domain garita.visitors_photo
    add constraint visitors_photo_name check (value ~ '^([0-9a-f]{32})?$');
