//! The example that restores a page of the web, and a server on this machine that says
//! the wrong encoding.

#[path = "../examples/fetch.rs"]
#[expect(dead_code, reason = "an example's main")]
mod example;

use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::thread;

/// The address of a server that answers one request.
fn serve(label: &str, body: Vec<u8>) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let head = format!(
        "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset={label}\r\nContent-Length: {}\r\n\r\n",
        body.len()
    );
    thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let mut lines = BufReader::new(&stream).lines();
        while !lines.next().unwrap().unwrap().is_empty() {}
        stream.write_all(head.as_bytes()).unwrap();
        stream.write_all(&body).unwrap();
    });
    format!("http://{address}/")
}

const PAGE: &str = "<p lang='zh'>新動(dòng)力電池工業(yè)鏈企業(yè)快速集聚</p>";

#[test]
fn a_mislabelled_page_is_restored() {
    for (label, encoding) in [("utf-8", encoding_rs::GBK), ("gbk", encoding_rs::UTF_8)] {
        let (body, _, _) = encoding.encode(PAGE);
        let page = example::fetch(&serve(label, body.into_owned())).unwrap();
        assert!(page.starts_with(encoding.name()), "{page}");
        assert!(
            page.contains("<p lang='zh'>新能源电池产业链企业快速集聚</p>"),
            "{page}"
        );
    }
}

#[test]
fn what_is_no_text_is_an_error() {
    let url = serve("gbk", vec![0xFF, 0x00, 0xFF, 0x00, 0xC3]);
    let error = example::fetch(&url).unwrap_err();
    assert!(error.to_string().contains("encoding is unknown"), "{error}");
}
