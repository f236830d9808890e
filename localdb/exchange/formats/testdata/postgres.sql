--
-- PostgreSQL database dump
--

SET statement_timeout = 0;
COPY public.m (id, text, label) FROM stdin;
1	where is it	ship
2	money back	refund
\.
